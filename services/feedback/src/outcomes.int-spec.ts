import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AGENT,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffMoves,
  handoffOutcomes,
  handoffRejected,
  minutes,
  signServiceToken,
  type HandoffAccepted,
  type HandoffDecision,
  type HandoffFeedback,
  type HandoffMove,
  type JsonObject,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, eventually, startTestService, type TestService } from '@handoff/testing';

jest.setTimeout(120_000);

const SECRET = 'a secret that services and their doors share';

describe('how a task ended', () => {
  let feedback: TestService;

  beforeAll(async () => {
    const idleWhen = 'NOT EXISTS (SELECT FROM waiting_outcomes WHERE look_at <= handoff_now())';
    const env = { SERVICE_TOKEN_SECRET: SECRET };
    feedback = await startTestService({ service: 'feedback', load: () => import('./feedback.module.js'), idleWhen, env });
  });
  afterAll(() => feedback.stop());

  it('corrects what was said of asking and of the recommendation, once, as a later revision', async () => {
    const handoff = doubted();
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    const outcome = outcomeOf(handoff, { result: 'failed', executed_digest: handoff.action_digest });
    await tell(outcome, outcome);
    expect(await heardOf(handoff)).toMatchObject([
      { revision: 1, escalation: { verdict: 'unnecessary', source: 'rule' }, recommendation: { correct: null } },
      { revision: 2, escalation: { verdict: 'necessary', source: 'outcome' }, recommendation: { verdict: 'followed', correct: false } },
    ]);
  });

  it('is taken into the first feedback where it came before the decision', async () => {
    const handoff = doubted();
    await feedback.deliver(handoffAccepted, [handoff]);
    await tell(outcomeOf(handoff, { result: 'succeeded' }));
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    expect(await heardOf(handoff)).toMatchObject([{ revision: 1, escalation: { source: 'outcome' }, recommendation: { correct: true } }]);
  });

  it('waits for the handoff that it is about', async () => {
    const handoff = doubted();
    const decision = aDecision(handoff);
    await tell(outcomeOf(handoff, { result: 'failed', decision_id: decision.decision_id }));
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [decision]);
    expect(await heardOf(handoff)).toMatchObject([{ revision: 1, recommendation: { correct: null } }]);
    await feedback.advance(minutes(1));
    expect(await heardOf(handoff)).toMatchObject([{ revision: 1 }, { revision: 2, recommendation: { correct: false } }]);
  });

  it('is told at the desk by whoever took the task over and has done it, once', async () => {
    const handoff = doubted();
    const decision = aDecision(handoff, { type: 'take_over', action: null, action_digest: null });
    const done = doneBy(decision);
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [decision]);
    await feedback.deliver(handoffMoves, [done]);
    await feedback.deliver(handoffMoves, [done]);
    expect(await heardOf(handoff)).toMatchObject([
      { revision: 1, escalation: { verdict: 'necessary', source: 'rule' } },
      { revision: 2, escalation: { verdict: 'necessary', source: 'outcome' }, recommendation: { correct: null } },
    ]);
  });

  it('is not forgotten where it is told at the desk before this service knows what was taken over, as after a restore', async () => {
    const handoff = doubted();
    const decision = aDecision(handoff, { type: 'take_over', action: null, action_digest: null });
    await feedback.deliver(handoffMoves, [doneBy(decision)]);
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [decision]);
    await feedback.advance(minutes(1));
    expect((await heardOf(handoff)).at(-1)).toMatchObject({ revision: 2, escalation: { source: 'outcome' } });
  });

  it('says nothing of another agent’s handoff, whichever it names', async () => {
    const handoff = doubted();
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    await tell(outcomeOf(handoff, { result: 'failed', handoff_id: handoff.handoff_id, agent_id: 'another-agent' }));
    await feedback.advance(minutes(1));
    expect(await heardOf(handoff)).toHaveLength(1);
  });

  it('is told over HTTP by the agent itself, and by no other', async () => {
    const handoff = doubted();
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    const told = { task_id: handoff.task_id, result: 'failed' };
    const first = await post(told);
    expect([first.status, (await post(told)).body]).toEqual([202, first.body]);
    expect(await post({ ...told, agent_id: 'another-agent' })).toMatchObject({ status: 422, body: { errors: [{ path: 'agent_id' }] } });
    expect(await heardOf(handoff)).toMatchObject([{ revision: 1 }, { revision: 2, recommendation: { correct: false } }]);
  });

  it('is told back in a list that goes on where it ended, every revision once', async () => {
    await feedback.advance(minutes(1));
    const { body } = await ask('feedback?limit=3');
    const rest = await ask(`feedback?after=${String(body['next'])}`);
    const given = [body, rest.body].flatMap((page) => page['feedback'] as unknown as readonly HandoffFeedback[]);
    const heard = (await feedback.published(handoffFeedback)).filter(({ agent_id }) => agent_id === 'refunds-agent');
    const nameOf = ({ handoff_id, revision }: HandoffFeedback): string => `${handoff_id} ${revision}`;
    expect(given.map(nameOf).toSorted()).toEqual(heard.map(nameOf).toSorted());
    expect((await ask(`feedback?after=${String(rest.body['next'])}`)).body).toEqual({ feedback: [], next: rest.body['next'] });
  });

  it('is a security event where what was carried out is not what was approved', async () => {
    const handoff = doubted();
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff, { type: 'reject', action: null, action_digest: null })]);
    await tell(outcomeOf(handoff, { result: 'succeeded', executed_digest: handoff.action_digest }));
    expect(await feedback.query('SELECT handoff_id FROM unapproved_actions')).toEqual([{ handoff_id: handoff.handoff_id }]);
    const metrics = await (await fetch(`${feedback.url}/metrics`)).text();
    expect(metrics).toMatch(/^handoff_unapproved_actions_total\{[^}]*\} 1$/m);
  });

  it('is refused where it cannot be read, with its place, and only then; bytes that are no JSON are a dead letter too', async () => {
    await feedback.deliverRaw(handoffOutcomes, [
      { value: JSON.stringify({ task_id: 'task-7', result: 'fine' }) },
      { value: '{"task_id": "cut sho' },
      { value: JSON.stringify({ task_id: 'task-8', result: 'succeeded' }) },
    ]);
    const rejected = await feedback.published(handoffRejected);
    expect(rejected.toSorted((one, other) => (one.errors[0]?.code ?? '').localeCompare(other.errors[0]?.code ?? ''))).toMatchObject([
      { task_id: 'task-7', record: { topic: 'handoff.outcomes' }, errors: [{ path: 'result', code: 'not_allowed_value' }] },
      { task_id: null, record: { topic: 'handoff.outcomes' }, errors: [{ code: 'unreadable' }] },
    ]);
    expect(await feedback.query('SELECT refused FROM dead_letters')).toEqual([{ refused: true }]);
    expect(await feedback.query(`SELECT result FROM outcomes WHERE task_id = 'task-8'`)).toEqual([{ result: 'succeeded' }]);
  });

  it('is labelled anew at a start by the rules of the release, and its agent hears only what is said otherwise', async () => {
    const [same, changed] = [doubted(), doubted()];
    await feedback.deliver(handoffAccepted, [same, changed]);
    await feedback.deliver(handoffDecisions, [aDecision(same), aDecision(changed)]);
    const ids = `('${same.handoff_id}', '${changed.handoff_id}')`;
    await feedback.query(`UPDATE examples SET rules_version = 1 WHERE handoff_id IN ${ids}`);
    await feedback.query(
      `UPDATE labels SET escalation = '{"verdict":"late","source":"rule","weight":1}' WHERE handoff_id = '${changed.handoff_id}'`,
    );
    await feedback.restart();
    await eventually('all are labelled', async () => (await feedback.query('SELECT FROM examples WHERE rules_version = 1')).length === 0);
    expect(await heardOf(same)).toHaveLength(1);
    expect(await heardOf(changed)).toMatchObject([
      { revision: 1 },
      { revision: 2, escalation: { verdict: 'unnecessary', source: 'rule' } },
    ]);
  });

  const doubted = (): HandoffAccepted =>
    anAcceptedHandoff({ packet: { reason_for_escalation: { code: 'low_confidence', text: 'Not sure.' } } });

  const doneBy = ({ tenant, handoff_id, decided_at, decision_id }: HandoffDecision): HandoffMove =>
    ({
      ...{ tenant, handoff_id, sequence: 3, packet_version: 1, event: 'done', moved_by: 'ana', channel: 'desk', level: 1, cycle: 1 },
      ...{ moved_at: decided_at, note: 'Paid by hand.', decision_id },
    }) as unknown as HandoffMove; // ids are plain texts here

  const outcomeOf = ({ task_id, agent_id }: HandoffAccepted, over: JsonObject): JsonObject => ({ task_id, agent_id, ...over });

  const tell = (...outcomes: readonly JsonObject[]): Promise<void> =>
    feedback.deliverRaw(
      handoffOutcomes,
      outcomes.map((outcome) => ({ key: String(outcome['task_id']), value: JSON.stringify(outcome) })),
    );

  async function ask(path: string, init: RequestInit = {}) {
    const token = signServiceToken({ subject: 'refunds-agent', roles: [AGENT], tenant: DEFAULT_TENANT, audience: 'feedback' }, SECRET);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${feedback.url}/v1/${path}`, { ...init, headers });
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  const post = (outcome: JsonObject) => ask('outcomes', { method: 'POST', body: JSON.stringify(outcome) });

  async function heardOf(handoff: HandoffAccepted): Promise<readonly HandoffFeedback[]> {
    return (await feedback.published(handoffFeedback)).filter(({ handoff_id }) => handoff_id === handoff.handoff_id);
  }
});
