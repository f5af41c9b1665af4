import type { AgentId, HandoffId, Kind, PersonId } from '@handoff/contracts';

/** What the history of a task is told from, of each of its handoffs. */
export interface HandledHandoff {
  readonly handoff_id: HandoffId;
  readonly kind: Kind;
  readonly agent_id: AgentId;
  readonly accepted_at: string;
  readonly ended_at: string | null;
  readonly ended_as: string | null;
  readonly ended_by: readonly PersonId[];
  readonly hands: readonly { readonly agent_id: AgentId; readonly history: readonly { readonly event: string; readonly at: string }[] }[];
}

export interface HandsLine {
  readonly at: string;
  readonly handoff_id: HandoffId;
  readonly kind: Kind;
  /** `accepted`, a word on an offer, `delivered`, or how it ended. */
  readonly event: string;
  /** In whose hands it was by that, or whose deed it was; empty where nobody is known. */
  readonly who: readonly (AgentId | PersonId)[];
}

/** Every change of hands in one order, whatever was asked or passed on meanwhile: the oldest first. */
export function tellHands(handoffs: readonly HandledHandoff[]): readonly HandsLine[] {
  return handoffs.flatMap(linesOf).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function linesOf({ handoff_id, kind, agent_id, accepted_at, ended_at, ended_as, ended_by, hands }: HandledHandoff): readonly HandsLine[] {
  const line = { handoff_id, kind };
  const asker = kind === 'delegation' ? [] : [agent_id]; // a person gave it, and offers say to whom
  return [
    { ...line, at: accepted_at, event: 'accepted', who: asker },
    ...hands.flatMap(({ agent_id: who, history }) => history.map(({ event, at }) => ({ ...line, at, event, who: [who] }))),
    ...(ended_at === null ? [] : [{ ...line, at: ended_at, event: ended_as ?? 'ended', who: ended_by }]),
  ];
}
