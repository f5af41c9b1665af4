import {
  MOST_ANSWER_CHARACTERS,
  type AgentId,
  type HandoffAssignment,
  type HandoffMove,
  type HandoffRouted,
  type JudgedDecision,
  type PersonId,
  type Term,
} from '@handoff/contracts';
import type { DeskItem } from './desk-item.js';
import { assignmentBy, movedEvent } from './moved-event.js';
import { newsFor, type PlannedNotification } from './plan-notifications.js';
import type { Terms, Warned } from './terms.js';

/** Shares of a budget that are told of. */
const BUDGET_SHARES = [1, 0.8] as const;
/** From here on people are called; what comes before is shown. */
const CALLS_FROM = 0.8;

/** What agent and people hear of terms that come to their end. */
export interface Warnings {
  readonly item: DeskItem;
  readonly moves: readonly HandoffMove[];
  readonly assignments: readonly HandoffAssignment[];
  readonly news: readonly PlannedNotification[];
}

/** By what is known, not by what has just come: whichever event completes it, each is told once. */
export function warn(item: DeskItem): Warnings {
  const { terms, state, routed } = item;
  const nothing: Warnings = { item, moves: [], assignments: [], news: [] };
  if (!terms || state === 'ended' || state === 'arriving' || routed?.event === 'end') return nothing;
  const due = [dueWarning(terms), budgetWarning(terms), rightsWarning(terms)];
  return due.reduce<Warnings>((before, it) => (it ? tell(before, it) : before), nothing);
}

type ToTell = Omit<Warned, 'sequence'>;

function tell(before: Warnings, warning: ToTell): Warnings {
  const { item } = before;
  const { accepted, routed, terms } = item;
  if (!accepted || !routed || !terms) return before;
  const { term, share, text, at } = warning;
  const sequence = item.sequence + 1;
  const warned: DeskItem = { ...item, sequence, terms: { ...terms, warned: [...terms.warned, { ...warning, sequence }] } };
  const agentId = agentAtWork(routed);
  const by = (agentId ?? accepted.agentId) as string as PersonId; // of this move, the contract says, it is the agent
  const move = movedEvent(warned, accepted, routed, {
    event: 'warning',
    by,
    channel: 'desk',
    at,
    facts: { note: text, warning: { term, share, agent_id: agentId } },
  });
  const assignment = assignmentBy(move, accepted, routed);
  const called = share === null || share >= CALLS_FROM ? whoLooksAfter(routed) : [];
  return {
    item: assignment ? { ...warned, sequence: assignment.sequence } : warned,
    moves: [...before.moves, move],
    assignments: [...before.assignments, ...(assignment ? [assignment] : [])],
    news: [...before.news, ...called.flatMap((person) => newsFor(routed, person, sequence, at))],
  };
}

/** Whoever has only been offered it has nothing to do with it yet. */
const agentAtWork = ({ event, agent }: HandoffRouted): AgentId | null => (event === 'offered' ? null : (agent?.agent_id ?? null));

/** Who gave it and who reviews it; where people are asked by now, they as well. */
const whoLooksAfter = ({ event, asked, given_to }: HandoffRouted): readonly PersonId[] => [
  ...new Set([...(given_to ?? []), ...(event === 'asked' ? asked : [])]),
];

const toldOf = ({ warned }: Terms, term: Term): number =>
  Math.max(0, ...warned.filter((it) => it.term === term).map((it) => it.share ?? 0));

function dueWarning(terms: Terms): ToTell | null {
  const { due } = terms;
  if (!due || due.share <= toldOf(terms, 'due_by')) return null;
  const text =
    due.share < 1
      ? `${Math.round(due.share * 100)} % of the time until it is due, by ${due.due_at}, has passed.`
      : `It was due by ${due.due_at}, and is not delivered yet.`;
  return { term: 'due_by', share: due.share, text, at: due.at };
}

/** Of several that are passed at once the last is told. */
function budgetWarning(terms: Terms): ToTell | null {
  const { spent } = terms;
  const share = spent && BUDGET_SHARES.find((it) => spent.total > 0 && spent.total >= it * spent.limit);
  if (!spent || !share || share <= toldOf(terms, 'budget')) return null;
  const { total, limit, unit, at } = spent;
  const words = total > limit ? ', which is over the budget' : total === limit ? ', which is the whole budget' : '';
  return { term: 'budget', share, text: `${total} of ${limit} ${unit} are spent${words}.`, at };
}

const WHY = {
  must_ask: 'it had to ask',
  over_authority: 'more than it may decide',
  not_in_rights: 'nothing that it may decide names it',
} as const;

function rightsWarning({ decisions, warned }: Terms): ToTell | null {
  const told = warned.filter(({ term }) => term === 'decision_rights').map(({ at }) => at);
  const untold = decisions.filter((it) => it.outside !== null && !told.some((at) => at >= it.told_at));
  const last = untold.at(-1);
  if (!last) return null;
  const text = `Decided by itself, outside its rights: ${untold.map(wordsOf).join('; ')}.`;
  return { term: 'decision_rights', share: null, text: text.slice(0, MOST_ANSWER_CHARACTERS), at: last.told_at };
}

const wordsOf = ({ text, outside }: JudgedDecision): string => `${text} (${outside ? WHY[outside] : ''})`;
