import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  CANARY_AGENT,
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffMoves,
  UNKNOWN_AGENT,
  type HandoffAccepted,
  type HandoffFeedback,
  type HandoffMove,
} from '@handoff/contracts';
import { startService } from '@handoff/runtime';
import { aDecision, anAcceptedHandoff, eventually, explain, startTestService, type TestService } from '@handoff/testing';
import { GIVEN } from './store/given-feedback.js';

jest.setTimeout(120_000);

describe('feedback', () => {
  let feedback: TestService;

  beforeAll(async () => {
    feedback = await startTestService({ service: 'feedback', load: () => import('./feedback.module.js') });
  });
  afterAll(() => feedback.stop());

  it('is given when the decision comes, once', async () => {
    const handoff = anAcceptedHandoff({ packet: { reason_for_escalation: { code: 'low_confidence', text: 'Not sure.' } } });
    await feedback.deliver(handoffAccepted, [handoff]);
    expect(await heardOf(handoff)).toEqual([]);
    const decision = aDecision(handoff);
    await feedback.deliver(handoffDecisions, [decision, { ...decision, sequence: 2 }]);
    expect(await heardOf(handoff)).toEqual([
      {
        tenant: 'default',
        handoff_id: handoff.handoff_id,
        sequence: 1,
        packet_version: 1,
        agent_id: handoff.agent_id,
        task_id: handoff.task_id,
        decision_id: decision.decision_id,
        revision: 1,
        escalation: { verdict: 'unnecessary', source: 'rule', weight: 0.3 },
        recommendation: { verdict: 'followed', correct: null, source: 'person', edit_distance: null },
        note: 'The recommended action was approved as it stood; by rule, the agent could have gone on alone.',
        at: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it('is given anew, as a later revision, each time that a person rates the asking', async () => {
    const handoff = anAcceptedHandoff({ packet: { reason_for_escalation: { code: 'low_confidence', text: 'Not sure.' } } });
    const decision = aDecision(handoff);
    const rate = { tenant: handoff.tenant, handoff_id: handoff.handoff_id, packet_version: 1, event: 'rate', moved_by: 'ana' } as const;
    const rated = (sequence: number, asking_was: string) =>
      ({ ...rate, channel: 'desk', level: 1, cycle: 1, moved_at: decision.decided_at, sequence, asking_was }) as unknown as HandoffMove; // ids are plain texts here
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffMoves, [rated(2, 'late')]);
    await feedback.deliver(handoffDecisions, [decision]);
    await feedback.deliver(handoffMoves, [rated(3, 'necessary')]);
    await feedback.deliver(handoffMoves, [rated(2, 'late')]);
    expect(await heardOf(handoff)).toMatchObject([
      { revision: 1, sequence: 1, escalation: { verdict: 'late', source: 'person', weight: 1 } },
      {
        revision: 2,
        sequence: 2,
        escalation: { verdict: 'necessary', source: 'person' },
        note: expect.stringContaining('the person says'),
      },
    ]);
  });

  it('is given to the canary, which leaves no example', async () => {
    const handoff = anAcceptedHandoff({ agent_id: CANARY_AGENT });
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    expect(await heardOf(handoff)).toMatchObject([{ revision: 1, agent_id: CANARY_AGENT }]);
    for (const table of ['examples', 'recommendations', 'decisions', 'labels'])
      expect(await feedback.query(`SELECT 1 FROM ${table} WHERE handoff_id = '${handoff.handoff_id}'`)).toEqual([]);
  });

  it('is given when the decision came before the packet, once', async () => {
    const handoff = anAcceptedHandoff();
    const args = { order_id: '4711', amount: 100 };
    const action = { ...handoff.packet.recommended_action, args };
    await feedback.deliver(handoffDecisions, [aDecision(handoff, { type: 'edit', action, asking_was: 'necessary' })]);
    expect(await heardOf(handoff)).toEqual([]);
    const withdrawal: HandoffAccepted = { ...handoff, sequence: 2, event: 'withdrawal_asked' };
    await feedback.deliver(handoffAccepted, [handoff, withdrawal]);
    expect(await heardOf(handoff)).toMatchObject([
      {
        escalation: { verdict: 'necessary', source: 'person', weight: 1 },
        recommendation: { verdict: 'followed_with_edits', edit_distance: 0.5 },
      },
    ]);
  });

  it('is about the packet version that was decided', async () => {
    const first = anAcceptedHandoff({ packet: { recommended_action: '' } });
    const better = anAcceptedHandoff({ handoff_id: first.handoff_id, sequence: 2, packet_version: 2, event: 'updated' });
    await feedback.deliver(handoffAccepted, [first]);
    await feedback.deliver(handoffDecisions, [aDecision(better)]);
    expect(await heardOf(first)).toEqual([]);
    await feedback.deliver(handoffAccepted, [better]);
    expect(await heardOf(first)).toMatchObject([{ packet_version: 2, recommendation: { verdict: 'followed' } }]);
  });

  it('is given where nobody decided, and waits for no packet', async () => {
    const handoff = anAcceptedHandoff();
    await feedback.deliver(handoffDecisions, [
      aDecision(handoff, { type: 'withdrawn', action: null, action_digest: null, decided_by: [] }),
    ]);
    expect(await heardOf(handoff)).toMatchObject([
      { escalation: { verdict: 'unknown', weight: 0 }, recommendation: { verdict: 'not_applicable' } },
    ]);
    await feedback.deliver(handoffAccepted, [handoff]);
    expect(await heardOf(handoff)).toHaveLength(1);
  });

  it('goes to the task where the agent has no name', async () => {
    const handoff = anAcceptedHandoff({ agent_id: UNKNOWN_AGENT });
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff)]);
    await heardOf(handoff);
    const records = await feedback.publishedRecords(handoffFeedback.topic);
    expect(records.map(({ key }) => key)).toContain(handoff.task_id);
  });

  it('keeps what the agent said, what was decided and the label as records of their own', async () => {
    const handoff = anAcceptedHandoff({ packet: { features: { amount: 129.5 }, agent: { id: 'refunds-agent', version: '7' } } });
    await feedback.deliver(handoffAccepted, [handoff]);
    await feedback.deliver(handoffDecisions, [aDecision(handoff, { type: 'reject', action: null, message: 'No receipt.' })]);
    const kept = await feedback.query(
      `SELECT recommendations.features, recommendations.agent, recommendations.packet, decisions.decision->>'message' AS message, labels.escalation
       FROM recommendations JOIN decisions USING (handoff_id) JOIN labels USING (handoff_id) WHERE handoff_id = $1`,
      [handoff.handoff_id],
    );
    expect(kept).toEqual([
      {
        features: { amount: 129.5 },
        agent: { id: 'refunds-agent', version: '7' },
        packet: JSON.parse(JSON.stringify(handoff.packet)),
        message: 'No receipt.',
        escalation: { verdict: 'necessary', source: 'rule', weight: 0.8 },
      },
    ]);
  });

  it('is given once for each of many while two replicas read one topic each', async () => {
    process.env['HTTP_PORT'] = '0';
    const { feedback: options } = await import('./feedback.module.js');
    const replica = await startService(options);
    try {
      await eventually('the replica is ready', async () => (await fetch(`${replica.url}/health/ready`)).ok);
      const handoffs = Array.from({ length: 60 }, () => anAcceptedHandoff());
      await Promise.all([
        feedback.deliver(handoffAccepted, handoffs),
        feedback.deliver(
          handoffDecisions,
          handoffs.map((it) => aDecision(it)),
        ),
      ]);
      const ids = new Set(handoffs.map(({ handoff_id }) => handoff_id));
      const heard = (await feedback.published(handoffFeedback)).filter(({ handoff_id }) => ids.has(handoff_id));
      expect(heard).toHaveLength(60);
      expect(new Set(heard.map(({ handoff_id }) => handoff_id)).size).toBe(60);
    } finally {
      await replica.stop();
    }
  });

  it('is counted by verdict and source', async () => {
    const metrics = await (await fetch(`${feedback.url}/metrics`)).text();
    expect(metrics).toMatch(/handoff_feedback_labels_total\{[^}]*verdict="necessary"[^}]*source="person"/);
    expect(metrics).toMatch(/handoff_recommendation_verdicts_total\{[^}]*verdict="followed_with_edits"/);
    expect(metrics).toContain('handoff_feedback_seconds_count');
  });

  it('is listed by as many pages of tables as one agent has heard, whatever others have, and so is what the previous release labels', async () => {
    const OTHERS = 20_000;
    await feedback.query(`WITH it AS (SELECT gen_random_uuid() AS id, at FROM generate_series(1, ${OTHERS}) AS at), kept AS (
        INSERT INTO examples (handoff_id, tenant, revision, sequence) SELECT id, 'default', 1, 1 FROM it)
      INSERT INTO decisions (handoff_id, decision_id, packet_version, type, decision, decided_at)
      SELECT id, id, 1, 'approve', jsonb_build_object('agent_id', CASE at % 1000 WHEN 0 THEN 'idle' ELSE 'busy' END), handoff_now() FROM it`);
    await feedback.query(`INSERT INTO labels (handoff_id, revision, escalation, recommendation, note, labelled_at)
      SELECT handoff_id, 1, '{}', '{}', '', handoff_now() - interval '1 hour' FROM decisions WHERE decision ->> 'agent_id' IN ('idle', 'busy')`);
    await feedback.query('ANALYZE');
    for (const [agentId, listed] of [
      ['idle', 20],
      ['busy', 50],
    ] as const) {
      const { plan, blocks } = await explain(feedback, GIVEN, ['default', agentId, null, null, 50]);
      expect(plan['Actual Rows']).toBe(listed);
      expect(blocks).toBeLessThan(15 * listed);
    }
  });

  async function heardOf({ handoff_id }: HandoffAccepted): Promise<readonly HandoffFeedback[]> {
    return (await feedback.published(handoffFeedback)).filter((event) => event.handoff_id === handoff_id);
  }
});
