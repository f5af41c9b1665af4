import type { Random } from '../random.js';

/** What agents and people do with one task. */
export const PLANS = {
  /** One person answers. */
  answer: 30,
  /** "I am on it", perhaps let go again, then an answer. */
  acknowledge: 10,
  /** Two people answer at the same moment. */
  race: 10,
  /** The agent takes it back; nobody answers. */
  withdraw: 8,
  /** The agent takes it back while somebody answers. */
  withdraw_race: 6,
  /** The agent adds context, and somebody answers what is then on the desk. */
  context: 8,
  /** The agent adds context while somebody answers what was on the desk before. */
  context_race: 6,
  /** Published several times. */
  repeat: 8,
  /** Another packet of the task that recommends the same. */
  twin: 5,
  /** Another packet of the task that recommends something else. */
  related: 4,
  /** The first level does not answer in time. */
  late: 6,
  /** The packet ends by itself before anybody answers. */
  expire: 4,
  /** Given to a colleague, who answers. */
  reassign: 4,
  /** Passed on to the next level, which answers. */
  escalate: 4,
  /** The agent is asked something, and answers, before somebody decides. */
  question: 6,
  /** Two must agree, and answer at the same moment. */
  pair: 6,
  /** Taken over, then done or handed back. */
  take_over: 4,
  /** Decided, recalled, and rated. */
  recall: 4,
  /** Given to an agent, which takes it and delivers; a person says what becomes of that. */
  delegate: 5,
  /** … after the first delivery has come back. */
  delegate_changes: 3,
  /** … by the second agent: the first one refuses it. */
  delegate_refused: 3,
  /** … by the second agent: the first one is never heard of again once the task is its own. */
  delegate_dies: 3,
  /** … by an agent that asks people on the way, and goes on with their answer. */
  delegate_escalates: 4,
  /** Passed on by its agent to another one, which takes it. */
  transfer: 4,
  /** … after the first that it was offered to has refused it. */
  transfer_refused: 2,
  /** Passed on to one agent alone, which refuses it. */
  transfer_returned: 2,
} as const;
export type PlanName = keyof typeof PLANS;

export type PlanKind = 'escalation' | 'delegation' | 'transfer';
const KINDS: Partial<Readonly<Record<PlanName, PlanKind>>> = {
  delegate: 'delegation',
  delegate_changes: 'delegation',
  delegate_refused: 'delegation',
  delegate_dies: 'delegation',
  delegate_escalates: 'delegation',
  transfer: 'transfer',
  transfer_refused: 'transfer',
  transfer_returned: 'transfer',
};
export const kindOf = ({ name }: Plan): PlanKind => KINDS[name] ?? 'escalation';

export const DOORS = ['kafka', 'http'] as const;
export type Door = (typeof DOORS)[number];

export interface Plan {
  readonly name: PlanName;
  readonly door: Door;
}

export const drawPlan = (random: Random): Plan => ({ name: random.draw(PLANS), door: random.draw({ kafka: 3, http: 1 }) });

/** How many handoffs are made of it. */
export const handoffsOf = ({ name }: Plan): number => (OF_TWO.has(name) ? 2 : 1);

const OF_TWO: ReadonlySet<PlanName> = new Set(['twin', 'related', 'delegate_escalates']);
