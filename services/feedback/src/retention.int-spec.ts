import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { days, handoffAccepted, handoffDecisions, handoffFeedback, type HandoffAccepted } from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, cleanedBy, eventually, rowsOf, startTestService, type TestService } from '@handoff/testing';

const TABLES = ['examples', 'recommendations', 'decisions', 'labels'];
const WHOLE = [1, 1, 1, 1];
const GONE = [0, 0, 0, 0];
const MANY = 2500;

describe('examples, of two replicas that both clean', () => {
  let feedback: TestService;
  const [old, young, open] = [1, 2, 3].map(() => anAcceptedHandoff()) as [HandoffAccepted, HandoffAccepted, HandoffAccepted];
  const start = (env: Readonly<Record<string, string>>): Promise<TestService> =>
    startTestService({ service: 'feedback', load: () => import('./feedback.module.js'), env, replicas: 2 });

  beforeAll(async () => {
    feedback = await start({ EXAMPLE_DAYS: '', CLEAN_EVERY_SECONDS: '1' });
    await feedback.deliver(handoffAccepted, [old, young, open]);
    await feedback.deliver(handoffDecisions, [aDecision(old)]);
  });
  afterAll(() => feedback?.stop());

  it('stay for good unless the installation says otherwise', async () => {
    await feedback.advance(days(400));
    await feedback.deliver(handoffDecisions, [aDecision(young, { decided_at: new Date(Date.now() + days(400) * 1000).toISOString() })]);
    // What the cleaners do besides shows that they were at work.
    await feedback.query(
      `INSERT INTO dead_letters (id, topic, "partition", "offset", headers, error_code, error_message, died_at, replayed_at)
       VALUES (gen_random_uuid(), 't', 0, 1, '{}', 'unreadable', '', handoff_now() - interval '100 days', handoff_now() - interval '99 days')`,
    );
    await eventually('the cleaners were at work', async () => (await cleanedBy(feedback, 'dead_letters')) === 1);
    expect(await rowsOf(feedback, TABLES, [old, young, open])).toEqual([WHOLE, WHOLE, [1, 1, 0, 0]]);
  });

  it('go with all that hangs on them where it does, and those without a decision stay', async () => {
    process.env['EXAMPLE_DAYS'] = '365';
    await feedback.restart();
    await eventually('the old one is gone', async () => (await rowsOf(feedback, TABLES, [old]))[0]?.join() === GONE.join());
    expect(await rowsOf(feedback, TABLES, [young, open])).toEqual([WHOLE, [1, 1, 0, 0]]);
  });

  it('go in steps, each of them once, whichever replica is faster', async () => {
    await feedback.query(
      `WITH ids AS MATERIALIZED (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)),
            made AS (INSERT INTO examples SELECT id, 'default', 1, 1 FROM ids)
       INSERT INTO decisions SELECT id, gen_random_uuid(), 1, 'approve', '{}', handoff_now() - interval '366 days' FROM ids`,
      [MANY],
    );
    await eventually('all of them are gone', async () => (await feedback.query('SELECT 1 FROM examples')).length === 2);
    expect(await feedback.query('SELECT 1 FROM decisions')).toHaveLength(1);
  });

  it('that are gone are labelled no more where the decision is told once more', async () => {
    const before = await feedback.published(handoffFeedback);
    await feedback.deliver(handoffDecisions, [aDecision(old)]);
    expect(await feedback.published(handoffFeedback)).toEqual(before);
  });
});
