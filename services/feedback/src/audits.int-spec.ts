import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AGENT,
  AUDIT_AGENT,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  handoffDirectory,
  handoffEscalations,
  handoffOutcomes,
  isJsonObject,
  minutes,
  readPacket,
  signServiceToken,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';
import { casesFrom } from './cli/cases-from.js';

jest.setTimeout(120_000);

const SECRET = 'a secret that services and their doors share';
const AGENT_ID = 'refunds-agent';

describe('tasks that their agents did alone', () => {
  let feedback: TestService;

  beforeAll(async () => {
    const idleWhen = 'NOT EXISTS (SELECT FROM waiting_outcomes WHERE look_at <= handoff_now())';
    const env = { SERVICE_TOKEN_SECRET: SECRET };
    feedback = await startTestService({ service: 'feedback', load: () => import('./feedback.module.js'), idleWhen, env });
  });
  afterAll(() => feedback.stop());

  it('are drawn for an audit with the chance that the policy says, and the chance is kept', async () => {
    await tell('before', {});
    await feedback.advance(minutes(1));
    await policyWants(1);
    await tell('audited', {});
    await tell('unseen', { packet: null });
    await tell('given-up', { result: 'cancelled' });
    await feedback.advance(minutes(1));
    expect(await feedback.query('SELECT task_id, propensity, drawn FROM audits JOIN outcomes USING (outcome_id) ORDER BY number')).toEqual([
      { task_id: 'before', propensity: 0, drawn: false },
      { task_id: 'audited', propensity: 1, drawn: true },
    ]);
    const [packet, ...more] = await audits();
    expect(more).toEqual([]);
    expect(readPacket(packet ?? null)).toMatchObject({
      kind: 'ok',
      value: {
        agent: { id: AUDIT_AGENT },
        reason_for_escalation: { code: 'policy_required' },
        tags: ['audit'],
        parent: { task_id: 'audited' },
      },
    });
  });

  it('are not drawn for where a person was asked', async () => {
    const handoff = anAcceptedHandoff();
    await feedback.deliver(handoffAccepted, [handoff]);
    await tell(handoff.task_id, {});
    await feedback.advance(minutes(1));
    expect(await audits()).toHaveLength(1);
  });

  it('are told of in the digest of their agent, by what the audit says', async () => {
    const [packet] = await audits();
    const audit = anAcceptedHandoff({ agent_id: AUDIT_AGENT, packet: packet ?? {} });
    await feedback.deliver(handoffAccepted, [audit]);
    await feedback.deliver(handoffDecisions, [aDecision(audit, { type: 'reject', action: null, action_digest: null })]);
    const own = await ask(`agents/me/digest`, AGENT_ID, AGENT);
    expect(own.body).toMatchObject({
      agent_id: AGENT_ID,
      missed_escalations: { alone: 2, missed: [audit.handoff_id], fine: [], estimate: { rate: 1 } },
    });
    const leads = await ask(`agents/${AGENT_ID}/digest`, 'chloe', 'lead');
    expect(leads.body).toEqual(own.body);
    expect(await ask(`agents/${AGENT_ID}/digest`, 'another-agent', AGENT)).toMatchObject({ status: 404 });
    expect(await ask(`agents/${AGENT_ID}/digest?week=2026-99`, 'chloe', 'lead')).toMatchObject({ status: 422 });
  });

  it('are told of to leads by week; audits themselves are nobody’s asking', async () => {
    const { body } = await ask('asking?weeks=2', 'chloe', 'lead');
    expect(body['agents']).toMatchObject([
      {
        agent_id: AGENT_ID,
        weeks: [
          { alone: 0, missed: null },
          { alone: 2, audited: 1, missed: { rate: 1 } },
        ],
      },
    ]);
    expect(await ask('asking', AGENT_ID, AGENT)).toMatchObject({ status: 403 });
  });

  it('teach what their auditor says, and the others what is told of their end', async () => {
    const live = { kind: 'live', databaseUrl: process.env['DATABASE_URL'] ?? '' } as const;
    expect(await casesFrom(live)).toMatchObject([
      { group: 'default before', truths: { fails_alone: false }, weights: { fails_alone: 0.8 }, isHearsay: true },
      { group: 'default audited', truths: { fails_alone: true }, weights: { fails_alone: 0.8 }, isHearsay: false },
    ]);
  });

  const policyWants = (audit_share: number): Promise<void> =>
    feedback.deliver(handoffDirectory, [
      {
        tenant: DEFAULT_TENANT,
        id: 'policy:test',
        entry: 'policy',
        name: 'Test',
        version: 1,
        active: true,
        audit_share,
        changed_at: new Date().toISOString(),
      },
    ]);

  const tell = (task_id: string, over: JsonObject): Promise<void> =>
    feedback.deliverRaw(handoffOutcomes, [
      {
        key: task_id,
        value: JSON.stringify({
          task_id,
          agent_id: AGENT_ID,
          result: 'succeeded',
          packet: { original_request: 'Refund order 4711.' },
          ...over,
        }),
      },
    ]);

  async function audits(): Promise<readonly JsonObject[]> {
    const records = await feedback.publishedRecords(handoffEscalations.topic);
    return records.map(({ value }) => JSON.parse(String(value)) as Json).filter(isJsonObject);
  }

  async function ask(path: string, subject: string, role: string) {
    const token = signServiceToken({ subject, roles: [role], tenant: DEFAULT_TENANT, audience: 'feedback' }, SECRET);
    const response = await fetch(`${feedback.url}/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as JsonObject };
  }
});
