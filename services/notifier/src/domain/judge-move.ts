import { DECISION_TYPES, type HandoffDecision, type HandoffMove, type HandoffRouted, type QuestionId } from '@handoff/contracts';
import { changeByMove } from './change-by-move.js';
import type { Accepted, DeskItem } from './desk-item.js';
import type { MoveRequest, PersonsMove } from './move-request.js';
import { noUse, type RefusedMove } from './refused-move.js';
import { rightTo, type Person } from './rights.js';

/** What a move is judged by, read while the item's row is locked. */
export interface Situation {
  /** Null where this person's desk has none. */
  readonly item: DeskItem | null;
  /** Where it has ended. */
  readonly decision: HandoffDecision | null;
  /** With `reassign`: who there is of that name. */
  readonly target: Target;
  /** By the database's clock. */
  readonly now: string;
  /** What a delivery is judged by; empty where nothing was delivered. */
  readonly criteria: readonly string[];
  /** For a question, should there be one. */
  readonly questionId: QuestionId;
}

/** `team`: how many of its members may answer. */
export type Target = { readonly kind: 'person'; readonly person: Person } | { readonly kind: 'team'; readonly size: number } | null;

export type Facts = Pick<HandoffMove, 'changes' | 'note' | 'to' | 'until' | 'question' | 'asking_was' | 'decision_id'>;

export type JudgedMove =
  | { readonly kind: 'moves'; readonly item: DeskItem; readonly accepted: Accepted; readonly routed: HandoffRouted; readonly facts: Facts }
  | RefusedMove;

/** When a move can be made: until the decision, after it, or whenever. */
const WHEN: Readonly<Record<PersonsMove, 'open' | 'decided' | 'always'>> = {
  acknowledge: 'open',
  release: 'open',
  reassign: 'open',
  escalate: 'open',
  defer: 'open',
  request_info: 'open',
  request_changes: 'open',
  answer: 'open',
  set_urgency: 'open',
  comment: 'always',
  rate: 'decided',
  recall: 'decided',
  done: 'decided',
  hand_back: 'decided',
};

/** What a person's move changes on the desk, and what it tells; or why it cannot be made. */
export function judgeMove(situation: Situation, person: Person, request: MoveRequest): JudgedMove {
  const { item, decision } = situation;
  if (!item) return { kind: 'unknown' };
  if (!item.accepted || !item.routed) return noUse('not_routed', 'It has not been routed to anybody yet. Try again in a moment.');
  const { accepted, routed } = item;
  const { move } = request;
  if (WHEN[move] === 'open' && item.state === 'ended') return { kind: 'has-ended' };
  if (item.state === 'with_agent' && !WHILE_AGENT_WORKS.has(move))
    return noUse('with_agent', 'An agent has it now. Answer what it asks, or end it; the rest can wait until it has delivered.');
  const decided = isByPerson(decision) ? decision : null;
  if (WHEN[move] === 'decided' && decided === null)
    return noUse('not_decided', 'Nobody has decided this handoff, so there is nothing to do about it.');
  const right = rightTo(move, person, accepted, routed, isOwn(move, person, item, decided));
  if (right.kind === 'may-not') return right;
  const changed = changeByMove(situation, { item, accepted, routed, decided }, person, request);
  return 'kind' in changed
    ? changed
    : { kind: 'moves', accepted: changed.item.accepted ?? accepted, routed, item: changed.item, facts: changed.facts };
}

const WHILE_AGENT_WORKS: ReadonlySet<PersonsMove> = new Set(['comment', 'answer']);

const isByPerson = (decision: HandoffDecision | null): boolean =>
  DECISION_TYPES.some((type) => type === decision?.type) && (decision?.decided_by.length ?? 0) > 0;

function isOwn(move: PersonsMove, { subject }: Person, { holder }: DeskItem, decided: HandoffDecision | null): boolean {
  if (move === 'done' || move === 'hand_back') return holder === subject;
  return (move === 'recall' || move === 'rate') && decided !== null && decided.decided_by.some((it) => it.subject === subject);
}
