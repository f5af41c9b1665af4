import type { DecisionType } from '@handoff/contracts';
import type { DeskDetail, DeskSummary } from '../api/desk-types.js';

/** Answers that say the same to every handoff; an edit is of one's own arguments, and a take-over is of one task. */
const FOR_SEVERAL: readonly DecisionType[] = ['approve', 'reject', 'respond'];

/** What else waits for this person with the very same action, arguments and all. */
export function sameAction(detail: DeskDetail, open: readonly DeskSummary[], type: DecisionType): readonly DeskSummary[] {
  if (!FOR_SEVERAL.includes(type) || detail.packet.recommended_action.kind !== 'tool_call') return [];
  return open.filter((it) => it.may_decide && it.handoff_id !== detail.handoff_id && it.action_digest === detail.action_digest);
}
