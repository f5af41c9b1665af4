import {
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffOutcomes,
  isJsonObject,
  type HandoffAccepted,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';
import { series } from './support/scrape.js';

const TASKS = 120;
/** As many at a time as people answer. */
const AT_ONCE = 12;

let system: JourneySystem;
let agent: Agent;
/** The agents'. */
let door: string;
let ana: Person;
let ben: Person;
let asked: readonly HandoffAccepted[];

/** Large refunds are always wrong here and small ones always right. */
const packetOf = (isWrong: boolean, at: number): JsonObject => ({
  original_request: isWrong ? 'Refund the whole order, the customer insists.' : 'Refund the broken jug.',
  reason_for_escalation: { code: 'low_confidence', text: 'I am not sure.' },
  recommended_action: { kind: 'tool_call', name: 'refund_order', args: { order_id: `o-${at}`, amount: isWrong ? 900 : 9 } },
  features: { domain: isWrong ? 'orders' : 'jugs', group: `g-${at}` },
});
const isWrongAt = (at: number): boolean => at % 2 === 0;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  door = (await system.doorFor('refunds-agent')).url;
  [agent, ana, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ana'), system.person('ben')]);
});
afterAll(() => system?.stop());

const advice = async (isWrong: boolean): Promise<JsonObject> =>
  (await agent.posts(atDoor('advice'), { packet: packetOf(isWrong, 9999) })).body;
const atDoor = (path: string): string => `${door}/v1/${path}`;
const models = async (): Promise<JsonObject> => (await ben.asksForFigures('/models')).body;
const itemsOf = (body: JsonObject): readonly JsonObject[] =>
  Array.isArray(body['items']) ? (body['items'] as readonly Json[]).filter(isJsonObject) : [];
const digest = async (): Promise<JsonObject> => (await agent.gets(atDoor('agents/me/digest'))).body;

describe('an agent that hears back of what it asks', () => {
  it('is advised by a rule while nothing is known, and says so', async () => {
    expect(await advice(true)).toMatchObject({ model_version: null, certified: false, p_fails_alone: null });
  });

  it('is answered by people, and hears of each once whether asking was right', async () => {
    const packets = Array.from({ length: TASKS }, (_, at) => agent.asks(packetOf(isWrongAt(at), at)));
    asked = await Promise.all(packets);
    for (let from = 0; from < TASKS; from += AT_ONCE)
      await Promise.all(asked.slice(from, from + AT_ONCE).map((it, at) => answers(it, isWrongAt(from + at))));
    await eventually('every task has its feedback', async () => (await system.events(handoffFeedback)).length >= TASKS);
    expect(await digest()).toMatchObject({ asked: TASKS, acceptance: { rate: 0.5 } });
  });

  it('is told how they ended, and what was said of them is corrected', async () => {
    const [, right] = asked;
    expect(
      await agent.posts(atDoor('outcomes'), { task_id: right?.task_id, result: 'succeeded', executed_digest: right?.action_digest }),
    ).toMatchObject({ status: 202 });
    await system.event(
      'the second revision',
      handoffFeedback,
      ({ handoff_id, revision, recommendation }) => handoff_id === right?.handoff_id && revision === 2 && recommendation.correct === true,
    );
  });

  it('changes neither counts nor models where events come again', async () => {
    const [before, modelsBefore] = [await digest(), itemsOf(await models()).map(({ version, state }) => [version, state])];
    const outcome = {
      task_id: asked[1]?.task_id,
      agent_id: 'refunds-agent',
      result: 'succeeded',
      executed_digest: asked[1]?.action_digest,
    };
    await Promise.all([
      system.repeats(handoffDecisions),
      system.repeats(handoffAccepted),
      system.publish(handoffOutcomes, { key: null, value: JSON.stringify(outcome) }),
    ]);
    const consumed = async (topic: string): Promise<number> =>
      (await series(system.service('feedback').replicas[0]?.url ?? '')).find(
        (it) => it.name === 'handoff_records_consumed_total' && it.labels['topic'] === topic,
      )?.value ?? 0;
    await eventually(
      'all are read again',
      async () => (await consumed('handoff.decisions')) >= 2 * TASKS && (await consumed('handoff.outcomes')) >= 1,
    );
    expect(await digest()).toEqual(before);
    expect(itemsOf(await models()).map(({ version, state }) => [version, state])).toEqual(modelsBefore);
    expect((await system.events(handoffFeedback)).filter(({ revision }) => revision > 1)).toHaveLength(1);
  });
});

async function answers({ handoff_id }: HandoffAccepted, isWrong: boolean): Promise<void> {
  await ana.opens(handoff_id);
  const { status } = await ana.answers(handoff_id, isWrong ? { type: 'reject', message: 'Not the whole order.' } : { type: 'approve' });
  expect(status).toBeLessThan(300);
}
