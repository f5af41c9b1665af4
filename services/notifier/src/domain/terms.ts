import {
  totalSpent,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffReplied,
  type JudgedDecision,
  type Spent,
  type TermWarning,
} from '@handoff/contracts';

/** How the work stands to what binds it, as it was told last, and what was said of that. */
export interface Terms {
  readonly due: DuePassed | null;
  readonly spent: TotalSpent | null;
  /** What its agents decided by themselves, the oldest first. */
  readonly decisions: readonly JudgedDecision[];
  readonly warned: readonly Warned[];
}

/** How much of the time until `due_by` has passed, as sla-monitor says. */
export interface DuePassed {
  readonly share: number;
  readonly due_at: string;
  readonly at: string;
}

export type TotalSpent = Omit<Spent, 'value'> & { readonly at: string };

/** What agent and people were told; the sequence is that of the move. */
export interface Warned extends TermWarning {
  readonly text: string;
  readonly at: string;
  readonly sequence: number;
}

export const NO_TERMS: Terms = { due: null, spent: null, decisions: [], warned: [] };

/** Each gives what it was given where nothing of it is new. */

export function withDue(terms: Terms | null, { event, share, due_at, fired_at: at }: HandoffClock): Terms | null {
  const passed = event === 'breached' ? 1 : (share ?? 0);
  if (event !== 'breached' && event !== 'warning') return terms;
  return passed <= (terms?.due?.share ?? 0) ? terms : { ...(terms ?? NO_TERMS), due: { share: passed, due_at, at } };
}

export function withReport(terms: Terms | null, { spent, decisions, replied_at: at }: HandoffReplied): Terms | null {
  return withAccount(terms, spent ? { total: spent.total, limit: spent.limit, unit: spent.unit, at } : null, decisions ?? []);
}

/** A delivery carries the whole account; what was told before it may not have come here. */
export function withDelivered(terms: Terms | null, { packet: { delegation } }: HandoffAccepted): Terms | null {
  const { account, budget, delivery } = delegation ?? {};
  if (!account || !delivery) return terms;
  const isTold = budget !== undefined && account.spent.length > 0;
  const spent = isTold ? { total: totalSpent(account), limit: budget.limit, unit: budget.unit, at: delivery.delivered_at } : null;
  return withAccount(terms, spent, account.decisions);
}

function withAccount(terms: Terms | null, spent: TotalSpent | null, decisions: readonly JudgedDecision[]): Terms | null {
  const before = terms ?? NO_TERMS;
  const fresh = decisions.filter((it) => !before.decisions.some((known) => isSame(known, it)));
  const isMore = spent !== null && spent.total > (before.spent?.total ?? -1);
  if (!isMore && fresh.length === 0) return terms;
  return { ...before, spent: isMore ? spent : before.spent, decisions: [...before.decisions, ...fresh] };
}

const isSame = (one: JudgedDecision, other: JudgedDecision): boolean =>
  one.agent_id === other.agent_id && one.told_at === other.told_at && one.text === other.text && one.under === other.under;
