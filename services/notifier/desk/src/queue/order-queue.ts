import type { ReasonCode, Urgency } from '@handoff/contracts';
import type { DeskSummary } from '../api/desk-types.js';

const MINUTE_MS = 60_000;
const URGENCY_RISK: Readonly<Record<Urgency, number>> = { high: 200, medium: 100, low: 0 };
/** Among equally urgent ones: harm that cannot be undone first, then money above a limit, then doubt. */
const REASON_RISK: Readonly<Partial<Record<ReasonCode, number>>> = {
  safety_or_fraud: 50,
  authority_limit: 40,
  policy_required: 30,
  conflicting_evidence: 20,
  low_confidence: 10,
};

/** What may go wrong, as a number to compare by. */
export const riskOf = ({ urgency, reason_code, unattended }: DeskSummary): number =>
  (unattended ? 1000 : 0) + URGENCY_RISK[urgency] + (REASON_RISK[reason_code] ?? 0);

/** Least time left first; what is due in the same minute, by risk. */
export function orderQueue(items: readonly DeskSummary[]): readonly DeskSummary[] {
  const minute = ({ decide_by }: DeskSummary) => (decide_by === null ? Infinity : Math.floor(Date.parse(decide_by) / MINUTE_MS));
  return items.toSorted((a, b) => {
    const [dueA, dueB] = [minute(a), minute(b)];
    return dueA === dueB ? riskOf(b) - riskOf(a) : dueA - dueB;
  });
}
