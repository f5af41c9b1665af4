import {
  fault,
  MOST_OWN_DECISIONS,
  ok,
  refuse,
  totalSpent,
  type Account,
  type AgentId,
  type Amount,
  type Delegation,
  type Fault,
  type HandoffId,
  type JudgedDecision,
  type Result,
  type Spent,
  type OwnDecision,
} from '@handoff/contracts';
import { outsideRights } from './outside-rights.js';

/** What an agent tells of its work, with progress and with a delivery. */
export interface Report {
  readonly spent: Amount | null;
  readonly decisions: readonly OwnDecision[];
}

/** Who tells it, when, and in which handoffs of its own a person approved something of this task. */
export interface Teller {
  readonly agentId: AgentId;
  readonly at: string;
  readonly approved: ReadonlySet<HandoffId>;
}

/** The account as the report left it, and what of the report is new. */
export interface ToldAccount {
  readonly account: Account;
  readonly spent: Spent | null;
  readonly decisions: readonly JudgedDecision[];
}

export const NO_ACCOUNT: Account = { spent: [], decisions: [] };

export function tellAccount(delegation: Delegation, before: Account, report: Report, teller: Teller): Result<ToldAccount> {
  const known = new Set(before.decisions.map(keyOf));
  const decisions = report.decisions.map((it) => judged(delegation, it, teller)).filter((it) => !known.has(keyOf(it)));
  const faults = [...wrongSpent(delegation, before, report.spent, teller.agentId), ...tooMany(before, decisions)];
  if (faults.length > 0) return refuse(...faults);
  const spent = report.spent ? withSpent(before, report.spent.value, teller) : before.spent;
  const account: Account = { spent, decisions: [...before.decisions, ...decisions] };
  return ok({ account, decisions, spent: spentOf(delegation, account, report.spent) });
}

/** What was told twice, or is known by two ways, counts once. */
export function mergeAccounts(one: Account, other: Account): Account {
  const known = new Set(one.decisions.map(keyOf));
  const theirs = other.spent.filter(({ agent_id, value }) => value > (ofAgent(one, agent_id)?.value ?? -1));
  return {
    spent: [...one.spent.filter(({ agent_id }) => !theirs.some((it) => it.agent_id === agent_id)), ...theirs],
    decisions: [...one.decisions, ...other.decisions.filter((it) => !known.has(keyOf(it)))],
  };
}

const ofAgent = ({ spent }: Account, agentId: AgentId) => spent.find(({ agent_id }) => agent_id === agentId);

const keyOf = ({ agent_id, text, under, amount }: JudgedDecision): string =>
  JSON.stringify([agent_id, text, under ?? null, amount?.value ?? null, amount?.unit ?? null]);

function judged({ decision_rights: rights }: Delegation, taken: OwnDecision, { agentId, at, approved }: Teller): JudgedDecision {
  const isCovered = taken.covered_by !== undefined && approved.has(taken.covered_by);
  return { ...taken, agent_id: agentId, told_at: at, outside: isCovered ? null : outsideRights(rights, taken) };
}

function wrongSpent({ budget }: Delegation, before: Account, spent: Amount | null, by: AgentId): readonly Fault[] {
  if (spent === null) return [];
  if (!budget) return [fault('spent', 'not_allowed_value', 'This task has no budget; leave out what was spent.')];
  const { unit } = budget;
  if (spent.unit !== unit) return [fault('spent.unit', 'not_allowed_value', `The budget is in ${unit}; say what was spent in ${unit}.`)];
  const earlier = ofAgent(before, by)?.value ?? 0;
  const message = `You have told of ${earlier} ${unit}; say what you have spent all in all, which never falls.`;
  return spent.value < earlier ? [fault('spent.value', 'out_of_range', message)] : [];
}

function tooMany(before: Account, decisions: readonly JudgedDecision[]): readonly Fault[] {
  const isOver = before.decisions.length + decisions.length > MOST_OWN_DECISIONS;
  return isOver ? [fault('decisions', 'too_many', `Of one task up to ${MOST_OWN_DECISIONS} decisions are told.`)] : [];
}

const withSpent = ({ spent }: Account, value: number, { agentId, at }: Teller): Account['spent'] => [
  ...spent.filter(({ agent_id }) => agent_id !== agentId),
  { agent_id: agentId, value, told_at: at },
];

const spentOf = ({ budget }: Delegation, account: Account, spent: Amount | null): Spent | null =>
  budget && spent ? { value: spent.value, total: totalSpent(account), limit: budget.limit, unit: budget.unit } : null;
