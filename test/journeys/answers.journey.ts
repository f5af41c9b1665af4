import { handoffDecisions, type DecisionType, type JsonObject } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Answer, Person } from './support/person.js';

let system: JourneySystem;
let agent: Agent;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  [agent, ana, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ana'), system.person('ben')]);
});
afterAll(() => system?.stop());

const RECOMMENDED = { order_id: '4711', amount: 129.5 };
const DOUBT = { code: 'low_confidence', text: 'The photo is blurred.' };
const RESUME = { thread: 'support/4711', step: 7 };

interface Case {
  readonly answer: Answer;
  readonly decision: JsonObject;
  readonly feedback: JsonObject;
}

const CASES: Readonly<Record<DecisionType, Case>> = {
  approve: {
    answer: { type: 'approve' },
    decision: { action: { name: 'refund_order', args: RECOMMENDED }, asking_was: null },
    feedback: { escalation: { verdict: 'unnecessary', source: 'rule' }, recommendation: { verdict: 'followed', correct: null } },
  },
  edit: {
    answer: { type: 'edit', args: { ...RECOMMENDED, amount: 100 }, asking_was: 'necessary' },
    decision: { action: { name: 'refund_order', args: { ...RECOMMENDED, amount: 100 } }, asking_was: 'necessary' },
    feedback: {
      escalation: { verdict: 'necessary', source: 'person' },
      recommendation: { verdict: 'followed_with_edits', edit_distance: 0.5 },
    },
  },
  reject: {
    answer: { type: 'reject', message: 'The warranty is over.' },
    decision: { action: null, action_digest: null, message: 'The warranty is over.' },
    feedback: { escalation: { verdict: 'necessary', source: 'rule' }, recommendation: { verdict: 'overridden' } },
  },
  respond: {
    answer: { type: 'respond', message: 'Ask for a sharper photo.', asking_was: 'unnecessary' },
    decision: { action: null, message: 'Ask for a sharper photo.' },
    feedback: { escalation: { verdict: 'unnecessary', source: 'person' }, recommendation: { verdict: 'overridden' } },
  },
  take_over: {
    answer: { type: 'take_over' },
    decision: { action: null },
    feedback: { escalation: { verdict: 'necessary', source: 'rule' }, recommendation: { verdict: 'overridden' } },
  },
};

describe('an agent hears', () => {
  it.each(Object.entries(CASES))('“%s” on the topic and by waiting over HTTP, with all it needs to go on', async (type, it) => {
    const { handoff_id, task_id } = await agent.asks({ reason_for_escalation: DOUBT, resume: RESUME });
    const { body: view } = await agent.gets(`/${handoff_id}`);
    const waiting = agent.gets(`/${handoff_id}?wait=30&after=${String(view['sequence'])}`);

    await ana.opens(handoff_id);
    expect(await ana.answers(handoff_id, it.answer)).toMatchObject({ status: 201, body: it.decision });

    const decided = {
      ...it.decision,
      ...{ handoff_id, task_id, type, agent_id: agent.id, packet_version: 1, resume: RESUME, urgency: 'medium' },
      ...{ decided_by: [{ subject: 'ana', level: 1, channel: 'desk' }], sla: { class: 'normal', met: true } },
    };
    expect(await agent.decision(handoff_id)).toMatchObject(decided);
    expect((await waiting).body).toMatchObject({ status: 'decided', decision: decided });
    expect(await agent.feedback(handoff_id)).toMatchObject({ ...it.feedback, handoff_id, task_id, agent_id: agent.id, revision: 1 });
  });

  it('by waiting on, what it can learn from the decision', async () => {
    const { handoff_id } = await agent.asks({ reason_for_escalation: DOUBT });
    await ana.opens(handoff_id);
    await ana.answers(handoff_id, CASES.edit.answer);
    let view: JsonObject = {};
    for (let waits = 0; waits < 5 && !view['feedback']; waits++)
      view = (await agent.gets(`/${handoff_id}?wait=30&after=${String(view['sequence'] ?? 0)}`)).body;
    expect(view).toMatchObject({ decision: { type: 'edit' }, feedback: CASES.edit.feedback });
  });
});

describe('a person', () => {
  it('cannot change the type of an argument, is told which one, and can still answer', async () => {
    const { handoff_id } = await agent.asks();
    await ana.opens(handoff_id);
    const refused = await ana.answers(handoff_id, { type: 'edit', args: { ...RECOMMENDED, amount: '100' } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'args.amount', code: 'wrong_type' }] } });
    expect(await ana.answers(handoff_id, CASES.edit.answer)).toMatchObject({ status: 201 });
  });

  it('who answers twice gets the same decision; somebody else hears who was first; the agent hears one', async () => {
    const { handoff_id } = await agent.asks();
    await ana.opens(handoff_id);
    const first = await ana.answers(handoff_id, { type: 'approve' });
    const again = await Promise.all([1, 2, 3].map(() => ana.answers(handoff_id, { type: 'approve' })));
    expect(again).toEqual([first, first, first]);

    const late = await Promise.all([ben.answers(handoff_id, { type: 'approve' }), ana.answers(handoff_id, { type: 'reject' })]);
    for (const { status, body } of late) {
      expect({ status, body }).toMatchObject({ status: 409, body: { code: 'already_decided', decision: first.body } });
      expect(body['detail']).toMatch(/^ana approved this on .* Your answer was not recorded\.$/);
    }
    await agent.feedback(handoff_id);
    const decisions = (await system.events(handoffDecisions)).filter((it) => it.handoff_id === handoff_id);
    expect(decisions).toEqual([first.body]);
  });

  it('is the one of two at the same moment whose answer counts; the other hears so', async () => {
    const { handoff_id } = await agent.asks();
    await Promise.all([ana.opens(handoff_id), ben.opens(handoff_id)]);
    const answers = await Promise.all([ana.answers(handoff_id, { type: 'approve' }), ben.answers(handoff_id, { type: 'reject' })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const decision = await agent.decision(handoff_id);
    expect(answers.find(({ status }) => status === 409)?.body['decision']).toEqual(decision);
  });
});

describe('an agent’s key', () => {
  it('decides nothing', async () => {
    const { handoff_id } = await agent.asks();
    await ana.opens(handoff_id);
    const answer = { packet_version: 1, type: 'approve' };
    expect(await agent.triesToDecide(handoff_id, answer)).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect(await ana.opens(handoff_id)).toMatchObject({ state: 'open' });
  });
});
