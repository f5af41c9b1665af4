import { isJsonObject, type JsonObject } from '@handoff/contracts';
import type { Agent } from '../drive/agent.js';
import type { Task } from '../drive/ledger.js';
import type { Person } from '../drive/person.js';
import { persist } from '../until.js';
import type { History } from './history.js';
import { readsAsHeard, wordsOf } from './one-owner.js';
import { lost, wrong, type Violation } from './violation.js';

/** As many are read at the doors; the schemas behind them are read whole. */
export const DOOR_SAMPLE = 200;

/** What its agent reads at intake's door and a person on the desk is the topic's decision. */
export async function checkDoors(history: History, task: Task, agents: readonly Agent[], person: Person): Promise<readonly Violation[]> {
  const decision = history.of('handoff.decisions')[0]?.facts;
  const whose = history.isGiven ? lastHand(history) : (decision?.agentId ?? task.agentId);
  const agent = agents.find(({ id }) => id === whose);
  const expected = decision?.decisionId;
  const hears = await persist(async () => (await agent?.reads(history.handoffId))?.body ?? null);
  const shows = await persist(() => person.looksAt(history.handoffId));
  const offers = history.isGiven && agent ? await persist(() => agent.offersIn(task.taskId, history.handoffId)) : null;
  const isNobodys = history.isGiven && !agent; // whoever had it has lost it, and people were asked
  return [
    ...(isNobodys ? [] : same('its agent reads', decisionIn(hears), expected)),
    ...(offers ? readsAsHeard(history, offers) : []),
    ...same('the desk shows', decisionIn(shows), expected),
  ];
}

/** Whose a task was at its end; the decision names whom notifier knew of. */
function lastHand(history: History): string | undefined {
  const last = new Map(
    wordsOf(history)
      .toSorted((one, other) => one.sequence - other.sequence)
      .map((it) => [it.facts.offerId, it]),
  );
  return [...last.values()].findLast(({ event }) => event !== 'lapsed')?.facts.agentId;
}

const decisionIn = (view: JsonObject | null): string | null =>
  view && isJsonObject(view['decision']) ? String(view['decision']['decision_id']) : null;

function same(who: string, there: string | null, expected: string | undefined): readonly Violation[] {
  if (there === null) return [lost('one view at the doors', `${who} no decision`)];
  return there === expected ? [] : [wrong('one view at the doors', `${who} decision ${there}, the topic has ${expected}`)];
}
