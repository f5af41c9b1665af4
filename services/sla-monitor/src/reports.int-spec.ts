import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CANARY_AGENT,
  days,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  handoffRouted,
  signServiceToken,
  type AgentId,
  type HandoffAccepted,
  type JsonObject,
  type PersonId,
  type TenantId,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, aRouting, auditRows, explain, startTestService, type TestService } from '@handoff/testing';
import { statementOf } from './store/sla-reports.js';

const SECRET = 'a secret that the desk and services share';
/** A Wednesday; the week before begins on the 23rd of February. */
const NOON = Date.parse('2026-03-04T12:00:00.000Z');
const WEEK = 7 * 86_400;
const MARCH = 'from=2026-02-20&until=2026-03-10';

const after = (seconds: number): string => new Date(NOON + seconds * 1000).toISOString();
const tokenOf = (over: Partial<Parameters<typeof signServiceToken>[0]> = {}): string =>
  signServiceToken({ subject: 'ana', roles: ['viewer'], tenant: DEFAULT_TENANT, audience: 'sla-monitor', ...over }, SECRET);

let slaMonitor: TestService;

beforeAll(async () => {
  const load = () => import('./sla-monitor.module.js');
  const idleWhen = 'NOT EXISTS (SELECT 1 FROM clocks WHERE due_at <= handoff_now())';
  slaMonitor = await startTestService({ service: 'sla-monitor', load, env: { SERVICE_TOKEN_SECRET: SECRET }, idleWhen });
  await slaMonitor.advance((NOON - Date.now()) / 1000);
});
afterAll(() => slaMonitor?.stop());

async function ask(query: string, token = tokenOf()): Promise<Response> {
  return fetch(`${slaMonitor.url}/v1/reports/sla?${query}`, { headers: { authorization: `Bearer ${token}` } });
}

const rowsBy = async (query: string): Promise<readonly JsonObject[]> => ((await (await ask(query)).json()) as { rows: JsonObject[] }).rows;

describe('the report of a few weeks', () => {
  beforeAll(async () => {
    const accepted = (at: number, over: Parameters<typeof anAcceptedHandoff>[0] = {}): HandoffAccepted =>
      anAcceptedHandoff({ accepted_at: after(at), packet: { urgency: 'high' }, ...over });
    const quick = accepted(0);
    const slow = accepted(10);
    const left = accepted(20); // open, and late in the end
    const withdrawn = accepted(30);
    const lastWeek = accepted(-WEEK, { agent_id: '=cmd()' as AgentId, packet: { urgency: 'low' } });
    const later = accepted(2 * WEEK);
    const elsewhere = accepted(0, { tenant: 'acme' as TenantId });
    const canarys = accepted(0, { agent_id: CANARY_AGENT });
    const all = [canarys, quick, slow, left, withdrawn, lastWeek, later, elsewhere];
    await slaMonitor.deliver(handoffAccepted, all);
    await slaMonitor.deliver(handoffDecisions, [aDecision(lastWeek, { decided_at: after(-WEEK + 60) })]);
    await slaMonitor.deliver(
      handoffRouted,
      all.map((it) => aRouting(it)),
    );
    await slaMonitor.deliver(handoffDecisions, [
      aDecision(quick, { decided_at: after(300) }),
      aDecision(canarys, { decided_at: after(1) }), // in no report
      aDecision(withdrawn, { type: 'withdrawn', decided_by: [] }),
      aDecision(elsewhere, { decided_at: after(300) }),
    ]);
    await slaMonitor.advance(1500);
    const chloe = { subject: 'chloe' as PersonId, level: 2, channel: 'desk' } as const;
    await slaMonitor.deliver(handoffDecisions, [aDecision(slow, { decided_at: after(1510), decided_by: [chloe] })]);
  });

  it('counts settled results alone, and says what is open and late beside them', async () => {
    expect(await rowsBy(`${MARCH}&by=urgency`)).toEqual([
      {
        urgency: 'high',
        decided: 2,
        met: 1,
        attainment: 0.5,
        median_seconds: 900,
        p90_seconds: 1380,
        breached_levels: 2,
        open: 1,
        late: 1,
      },
      { urgency: 'low', decided: 1, met: 1, attainment: 1, median_seconds: 60, p90_seconds: 60, breached_levels: 0, open: 0, late: 0 },
    ]);
  });

  it('is one row where nothing is asked for, and has a word for nothing', async () => {
    expect(await rowsBy(MARCH)).toMatchObject([{ decided: 3, met: 2, attainment: 0.6667, open: 1 }]);
    expect(await rowsBy('from=2025-01-01&until=2025-02-01')).toMatchObject([
      { decided: 0, attainment: null, median_seconds: null, open: 0 },
    ]);
    expect(await rowsBy('from=2025-01-01&until=2025-02-01&by=team')).toEqual([]);
  });

  it('has its rows by two keys, weeks by their Monday in UTC, levels by where it was decided', async () => {
    expect(await rowsBy(`${MARCH}&by=week,level`)).toMatchObject([
      { week: '2026-02-23', level: 1, decided: 1 },
      { week: '2026-03-02', level: 1, decided: 1, met: 1 },
      { week: '2026-03-02', level: 2, decided: 1, met: 0 },
    ]);
    expect(await rowsBy(`${MARCH}&by=team,agent`)).toMatchObject([
      { team: 'support', agent: '=cmd()', decided: 1 },
      { team: 'support', agent: 'refunds-agent', decided: 2 },
    ]);
  });

  it('is a file without formulas', async () => {
    const answer = await ask(`${MARCH}&by=agent&format=csv`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="sla.csv"');
    expect((await answer.text()).split('\r\n').slice(0, 2)).toEqual([
      'agent,decided,met,attainment,median_seconds,p90_seconds,breached_levels,open,late',
      `'=cmd(),1,1,1,60,60,0,0,0`,
    ]);
  });

  it('says from when on nothing has been deleted by age', async () => {
    const { complete_from, until } = (await (await ask('by=team')).json()) as { complete_from: string; until: string };
    expect(Date.parse(until) - Date.parse(complete_from)).toBe(days(90) * 1000);
  });

  it('is given to the directory’s people and to operators, of their own tenant', async () => {
    expect((await ask(MARCH, 'nonsense')).status).toBe(401);
    expect((await ask(MARCH, tokenOf({ roles: ['agent'] }))).status).toBe(403);
    expect((await ask(MARCH, tokenOf({ audience: 'routing' }))).status).toBe(401);
    const answer = await ask(MARCH, tokenOf({ tenant: 'acme' as TenantId }));
    expect(await answer.json()).toMatchObject({ rows: [{ decided: 1 }] });
  });

  it('is refused with what is wrong with the question', async () => {
    expect(await (await ask('from=2024-01-01&until=2026-03-10')).json()).toMatchObject({
      status: 422,
      detail: expect.stringContaining('400 days'),
    });
    expect(await (await ask('by=person')).json()).toMatchObject({ status: 422, code: 'invalid' });
    expect((await ask('format=xml')).status).toBe(422);
  });
});

/** `HANDOFF_AUDIT_ROWS=1000000` shows what a report costs an installation that has run for long. */
it('of a week reads that week alone, however much is kept', async () => {
  const [row] = await slaMonitor.query<{ first: Date }>(
    `WITH filled AS (
       INSERT INTO handoffs (handoff_id, tenant, state, packet_version, urgency, team, agent_id, accepted_at, level, cycle, sla_class, sla_due_at,
         decided_at, decided_level, ended_at, met, sequence, accepted_sequence, routed_sequence, moved_sequence, breached_levels)
       SELECT gen_random_uuid(), 'default', 'ended', 1, (ARRAY['high', 'medium', 'low'])[n % 3 + 1], 'team-' || n % 7, 'agent-' || n % 50, at, 1, 1,
         'critical', at + interval '15 minutes', at + n % 1200 * interval '1 second', 1, at, n % 1200 <= 900, 3, 1, 1, 0, '{}'
       FROM (SELECT n, handoff_now() - interval '400 days' + n * (interval '400 days' / $1::int) AS at FROM generate_series(1, $1::int) AS n) AS made
       RETURNING accepted_at)
     SELECT min(accepted_at) AS first FROM filled`,
    [auditRows()],
  );
  await slaMonitor.query('VACUUM ANALYZE handoffs');
  const from = new Date((row?.first.getTime() ?? 0) + days(100) * 1000);
  const until = (span: number): Date => new Date(from.getTime() + days(span) * 1000);
  const costOf = async (span: number) => {
    const { milliseconds, blocks } = await explain(slaMonitor, statementOf(['team', 'week']), ['default', from, until(span), 10_000]);
    return { milliseconds, blocks };
  };
  const [week, year] = [await costOf(7), await costOf(300)];
  if (process.env['HANDOFF_AUDIT_ROWS']) process.stderr.write(`${auditRows()} rows: ${JSON.stringify({ week, year })}\n`);
  expect(week.blocks).toBeLessThan(year.blocks / 5); // whole ranges of pages are read
}, 600_000);
