import {
  deriveId,
  type AgentId,
  type AssignmentEvent,
  type HandoffAssignment,
  type HandoffRouted,
  type OfferId,
  type RoutedAgent,
} from '@handoff/contracts';
import { askFrom } from '../ask-level.js';
import type { Assignment } from '../assignment.js';
import type { Board, FullView } from '../board.js';
import { levelView, namesOf } from '../level-view.js';
import { levelWindows } from '../level-windows.js';
import { ruleOf, type Person } from '../policy.js';
import { requestEnd } from '../request-end.js';
import { shortened } from '../shorten.js';
import { slaOf } from '../sla-of.js';
import { chooseAgent } from './choose-agent.js';
import type { Giving } from './giving.js';
import { leaseBy, withdrawWithin } from './within.js';

/** A task that is given to an agent, as it stands. */
export type Given = Assignment & { readonly giving: Giving };

export const isGiven = (assignment: Assignment): assignment is Given => assignment.giving !== null;

/** As many as an event of about 1 KiB has room for; the rows of intake have every hand. */
const MOST_BEFORE = 8;

/** The next agent that can take it; where there is none it goes back to the agent that passed it on, or to people. */
export function handOn(board: Board, given: Given): void {
  const choice = chooseAgent(board, given.tenant, given.giving);
  if (choice.kind === 'agent') offer(board, given, choice.agentId, choice.why);
  else if (returnsToSender(board, given)) giveBack(board, given, `${choice.why}.`);
  else askPeople(board, given, { why: `${choice.why}, so people are asked` });
}

/** A person gave it: people look for somebody. An agent passed it on: it can go on itself, unless its rule asks people. */
function returnsToSender(board: Board, { giving, policyVersion, routed }: Given): boolean {
  return giving.kind === 'transfer' && ruleOf(board.policyOf(policyVersion), routed.policy.rule).ifNotTaken !== 'ask_people';
}

function giveBack(board: Board, given: Given, reason: string): void {
  requestEnd(board, { ...given, routed: { ...given.routed, agent: null } }, { type: 'returned', reason });
}

/** It is not that agent's any more: whoever comes next is told why, and it is told so itself. */
export function takeBack(board: Board, given: Given, because: string): void {
  const { routed, giving } = given;
  const agent = routed.agent ?? null;
  if (agent === null) return;
  tell(board, given, agent, 'lapsed', because);
  withdrawWithin(board, given, because);
  const before = [...routed.before, { level: routed.level.number, asked: [], moved_because: shortened(because), agent_id: agent.agent_id }];
  const free: Given = {
    ...given,
    giving: { ...giving, tried: [...giving.tried, agent.agent_id] },
    routed: { ...routed, before: before.slice(-MOST_BEFORE) },
  };
  handOn(board, free);
}

function offer(board: Board, given: Given, agentId: AgentId, why: string): void {
  const { handoffId, routed, giving } = given;
  const cycle = nextCycle(routed);
  const offer_id = deriveId<OfferId>('offer', handoffId, routed.level.number, cycle, agentId);
  const agent: RoutedAgent = {
    agent_id: agentId,
    offer_id,
    round: roundOf(routed),
    of: giving.rounds,
    lease_seconds: board.agentsTime.lease,
  };
  const until = offeredUntil(board, giving);
  const offered = board.say(given, { ...agentsTurn(board, given), event: 'offered', cycle, agent, ack_by: until, decide_by: until, why });
  tell(board, offered, agent, 'offered', why, until);
}

/** Its sender may say how long the first one has; a time that is over by now is nobody's. */
function offeredUntil(board: Board, { tried, ackBy = null }: Giving): string {
  const own = tried.length === 0 && ackBy !== null ? new Date(ackBy) : null;
  return own && own > board.now ? own.toISOString() : later(board, board.agentsTime.offer);
}

/** The task is the agent's own from here on, for as long as it is heard of. */
export function hold(board: Board, given: Given, agent: RoutedAgent, view: Pick<FullView, 'why'> & Partial<FullView>): Assignment {
  const until = leaseBy(board, given, agent);
  const held = { ...agent, lease_by: until };
  return board.say(given, { ...agentsTurn(board, given), event: 'held', agent: held, ack_by: until, decide_by: until, ...view });
}

/** Whoever gave the task may end it at any time, whoever has it. */
const agentsTurn = (board: Board, given: Given): Partial<FullView> => ({
  asked: [],
  page: false,
  skipped: [],
  unattended: false,
  given_to: ownersOf(board, given).map(({ id }) => id),
});

interface AskedPeople {
  readonly why: string;
  /** Whose delivery they review; left out where nobody could take the task. */
  readonly delivered?: RoutedAgent;
}

/** People's turn begins here, and with it their windows and their SLA: what was the agent's time is not theirs. */
export function askPeople(board: Board, given: Given, { why, delivered }: AskedPeople): Assignment {
  const { routed, policyVersion } = given;
  const policy = board.policyOf(policyVersion);
  const rule = ruleOf(policy, routed.policy.rule);
  const own = ownersOf(board, given);
  const { level, number, asked, skipped, isEmpty, why: whyThese } = askFrom(board, rule, given, routed.level.number - 1);
  const sla = slaOf(policy, { urgency: given.urgency, acceptedAt: board.now });
  const reviewers = own.filter(({ id }) => id === given.giving.reviewer?.id || given.giving.reviewer === null);
  return board.say(given, {
    ...levelView(rule, level, number, reviewers.length > 0 ? reviewers.map(({ id }) => id) : asked),
    ...levelWindows(policy, level, sla.class, board.now, board.now),
    event: 'asked',
    cycle: nextCycle(routed),
    page: true,
    sla,
    given_to: own.map(({ id }) => id),
    agent: delivered ?? null,
    skipped: namesOf(skipped),
    unattended: isEmpty && reviewers.length === 0,
    why: shortened(`${why}${reviewers.length > 0 ? '' : whyThese}.`),
  });
}

/** Of the policy: who gave the task, and whom it names as reviewer. */
function ownersOf(board: Board, { giving: { delegatedBy, reviewer }, policyVersion }: Given): readonly Person[] {
  const ids = new Set([...(reviewer?.kind === 'person' ? [reviewer.id] : []), ...(delegatedBy === null ? [] : [delegatedBy])]);
  return board.policyOf(policyVersion).people.filter(({ id }) => ids.has(id));
}

/** Each hand is a cycle of its level, so that no copy and no clock of one is taken for another's. */
export const nextCycle = ({ sequence, cycle }: HandoffRouted): number => (sequence === 0 ? 1 : cycle + 1);

const roundOf = ({ agent }: HandoffRouted): number => agent?.round ?? 1;

const later = ({ now }: Board, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

/** @param until when it has to reply, or to be heard of */
export function tell(
  board: Board,
  { tenant, handoffId, taskId, packetVersion, routed, giving }: Assignment,
  { agent_id, offer_id }: Pick<RoutedAgent, 'agent_id' | 'offer_id'>,
  event: AssignmentEvent,
  text: string,
  until: string | null = null,
  more: Partial<HandoffAssignment> = {},
): void {
  board.tell({
    tenant,
    handoff_id: handoffId,
    sequence: Math.max(1, routed.sequence),
    packet_version: packetVersion,
    event,
    agent_id,
    task_id: taskId,
    asked_by: null,
    asked_at: board.now.toISOString(),
    text: shortened(text),
    question_id: null,
    decision_id: null,
    offer_id,
    kind: giving?.kind ?? 'delegation',
    due_by: until,
    ...more,
  });
}
