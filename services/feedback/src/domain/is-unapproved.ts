import type { HandoffDecision } from '@handoff/contracts';
import type { OutcomeRecord } from './records.js';

type Decided = Pick<HandoffDecision, 'type' | 'action_digest' | 'unchanged'>;

/** Nobody was to judge any more, or whoever took the task over did as they saw fit. */
const NOT_JUDGED: ReadonlySet<HandoffDecision['type']> = new Set(['take_over', 'withdrawn', 'superseded', 'duplicate']);

/** True where something was carried out that nobody approved: whoever runs the agent is to hear of it at once. */
export function isUnapproved({ type, action_digest: approved, unchanged }: Decided, { executed_digest: executed }: OutcomeRecord): boolean {
  if (executed === null || executed === approved || NOT_JUDGED.has(type)) return false;
  return type !== 'edit' || (unchanged ?? []).length === 0; // masked leaves are put back before it is carried out, and change its digest
}
