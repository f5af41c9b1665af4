import type { AgentId, HistoryLine } from '@handoff/contracts';

/** What is kept of a handoff that its agent could be told; null where its acceptance has not come here. */
export interface ToldHandoff {
  readonly agent_id: AgentId | null;
  readonly task_id: string | null;
  readonly kind: string | null;
  readonly urgency: string | null;
  readonly score: number | null;
  readonly accepted_at: Date | null;
}

export interface ToldRequest {
  readonly type: 'withdraw' | 'add_context';
  readonly reason: string | null;
  readonly packet_version: number | null;
  readonly state: 'pending' | 'applied' | 'too_late';
  readonly asked_at: Date;
  readonly settled_at: Date | null;
}

/** The agent's side of the history: what it asked, and what it asked of that later. */
export const tellAnswer = (handoff: ToldHandoff, requests: readonly ToldRequest[]): readonly HistoryLine[] => [
  ...accepted(handoff),
  ...requests.flatMap((request) => asked(request, handoff.agent_id)),
];

function accepted({ agent_id: who, task_id, kind, urgency, score, accepted_at }: ToldHandoff): readonly HistoryLine[] {
  if (accepted_at === null) return [];
  const completeness = score === null ? '' : `, completeness ${score.toFixed(2)}`;
  const text = `Accepted from ${who ?? 'an agent'}: ${kind ?? 'handoff'} of task ${task_id ?? 'unknown'}, urgency ${urgency ?? 'unknown'}${completeness}`;
  return [{ at: accepted_at.toISOString(), event: 'accepted', text, who, trace_id: null }];
}

const SETTLED = { pending: '', applied: 'was applied', too_late: 'came too late: it was decided already' } as const;

function asked(
  { type, reason, packet_version: version, state, asked_at, settled_at }: ToldRequest,
  who: AgentId | null,
): readonly HistoryLine[] {
  const isContext = type === 'add_context';
  const what = isContext ? `adds context: version ${version ?? '?'} of the packet` : 'asks to take it back';
  const line = { event: isContext ? 'context' : 'request', trace_id: null } as const;
  const text = `The agent ${what}${reason ? ` (${reason})` : ''}`;
  const first = { ...line, at: asked_at.toISOString(), who, text };
  if (settled_at === null) return [first];
  const settled = `The agent’s ${isContext ? 'context' : 'request'} ${SETTLED[state]}`;
  return [first, { ...line, at: settled_at.toISOString(), who: null, text: settled }];
}
