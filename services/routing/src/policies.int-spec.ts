import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffClock,
  handoffRouted,
  signServiceToken,
  type HandoffAccepted,
  type HandoffClock,
} from '@handoff/contracts';
import { anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';

const SECRET = 's'.repeat(32);
const policyOf = (team: string, more = ''): string => `
policy: { id: test, name: Test }
people:
  - { id: ana, name: Ana, roles: [responder], addresses: [{ channel: webhook, address: '\${HOOKS}/ana' }] }
  - { id: ben, name: Ben, roles: [lead], addresses: [] }
teams:
  - { id: support, name: Support, members: [ana] }
  - { id: leads, name: Leads, members: [ben] }
rules:
  - id: default
    match: {}
    levels: [{ name: First, target: { team: ${team} } }, { name: Last, target: { team: leads }, decide_within: 10m }]
${more}`;

function aBreachOf({ tenant, handoff_id }: HandoffAccepted): HandoffClock {
  const now = new Date().toISOString();
  return {
    ...{ tenant, handoff_id, sequence: 1, packet_version: 1, event: 'breached', clock: 'decide_by', level: 1, cycle: 1 },
    ...{ due_at: now, fired_at: now, share: null, result: null },
  };
}

describe('policies over HTTP', () => {
  let folder: string;
  let policyFile: string;
  let routing: TestService;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-policies-'));
    policyFile = join(folder, 'policy.yaml');
    await writeFile(policyFile, policyOf('support'));
    routing = await startTestService({
      service: 'routing',
      load: () => import('./routing.module.js'),
      env: { POLICY_FILE: policyFile, HOOKS: 'http://127.0.0.1:9', SERVICE_TOKEN_SECRET: SECRET, NOT_YOURS: 'postgres://secret' },
    });
  });
  afterAll(async () => {
    await routing?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function call(path: string, body?: object, roles: readonly string[] = ['admin']) {
    const token = signServiceToken({ subject: 'chloe', roles, tenant: DEFAULT_TENANT, audience: 'routing' }, SECRET);
    const response = await fetch(`${routing.url}/v1/policies${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const routedOf = async ({ handoff_id }: HandoffAccepted) =>
    (await routing.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id);

  it('are refused without a right, and with what is wrong beside its line', async () => {
    expect((await fetch(`${routing.url}/v1/policies`)).status).toBe(401);
    expect(await call('', { text: policyOf('leads'), based_on: 1 }, ['lead'])).toMatchObject({ status: 403 });
    const wrong = policyOf('nobody');
    expect(await call('/check', { text: wrong }, ['viewer'])).toMatchObject({
      body: { faults: [{ path: 'rules[0].levels[0].target.team', line: 12, message: expect.stringContaining('"nobody"') }] },
    });
    expect(await call('', { text: wrong, based_on: 1 })).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect((await call('')).body).toMatchObject({ items: [{ version: 1, source: 'file', loaded_by: null }] });
  });

  it('have the words of the file in what is said of them', async () => {
    const rules = `calendars: [{ id: office, time_zone: Europe/Berlin, hours: [{ days: [mon], from: '09:00', until: '17:00' }] }]
rules:
  - id: large
    match: { amount: { unit: EUR, over: 100, up_to: 500 } }
    levels:
      - { name: First, target: { team: support }, skip_if: { urgency: low, off_hours: office } }
      - { name: Last, target: { team: leads } }
`;
    expect((await call('/check', { text: policyOf('support').replace('rules:\n', rules) })).body).toMatchObject({
      faults: [],
      rules: [
        {
          match: { amount: { unit: 'EUR', over: 100, up_to: 500 } },
          levels: [{ skip_if: { urgency: ['low'], off_hours: 'office' } }, { skip_if: null }],
        },
        { match: {} },
      ],
    });
  });

  it('tell the schema of their file', async () => {
    expect(await call('/schema', undefined, ['viewer'])).toMatchObject({
      status: 200,
      body: { title: 'policy', required: expect.arrayContaining(['rules']) },
    });
  });

  it('read no setting out of the process that the file does not name', async () => {
    const text = policyOf('support').replace('${HOOKS}', '${NOT_YOURS}');
    expect((await call('/check', { text })).body).toMatchObject({
      faults: [{ message: expect.stringContaining('not set in the environment') }],
    });
  });

  it('say who would be asked when, and keep and send nothing', async () => {
    const packet = { ...anAcceptedHandoff({ packet: { urgency: 'high' } }).packet };
    const { body } = await call('/test', { packet, at: '2028-02-29T23:50:00Z' }, ['viewer']);
    expect(body).toMatchObject({
      policy: { id: 'test', version: 1 },
      sla: { class: 'critical', due_at: '2028-03-01T00:05:00.000Z' },
      levels: [
        { number: 1, asked: ['ana'], from: '2028-02-29T23:50:00.000Z', decide_by: '2028-03-01T00:05:00.000Z' },
        { number: 2, asked: ['ben'], from: '2028-03-01T00:05:00.000Z', decide_by: '2028-03-01T00:15:00.000Z' },
        { number: 2, cycle: 2, unattended: true },
      ],
      at_end: { type: 'hold_and_page' },
    });
    expect(await routing.published(handoffRouted)).toEqual([]);
  });

  it('in force change for handoffs accepted from then on; one under way keeps its version, and a restart the one that was applied', async () => {
    const under = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [under]);
    const text = policyOf('leads', '    at_end: reject');
    expect((await call('/diff', { text })).body).toMatchObject({
      against: 1,
      changes: expect.arrayContaining([
        { path: 'rules.default.levels.0.target.team', before: 'support', after: 'leads' },
        { path: 'rules.default.at_end', before: null, after: { do: 'reject' } },
      ]),
    });
    expect(await call('', { text, based_on: 1 })).toEqual({ status: 201, body: { version: 2, changed: true } });
    expect(await call('', { text: policyOf('support'), based_on: 1 })).toMatchObject({
      status: 409,
      body: { code: 'changed_meanwhile', version: 2 },
    });
    await routing.restart();
    const later = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [later]);
    await routing.deliver(handoffClock, [aBreachOf(under)]);
    expect(await routedOf(later)).toMatchObject([{ asked: ['ben'], policy: { version: 2 } }]);
    expect(await routedOf(under)).toMatchObject([
      { asked: ['ana'], policy: { version: 1 } },
      { level: { number: 2 }, policy: { version: 1 } },
    ]);
    expect((await call('/current')).body).toMatchObject({ version: 2, source: 'api', loaded_by: 'chloe', text });
  });

  it('of an earlier release, which kept no text, get it from the file that they came from', async () => {
    await routing.query('UPDATE policies SET text = NULL WHERE version = 1');
    expect(await call('/diff', { text: policyOf('leads'), against: 1 })).toMatchObject({ status: 409, body: { code: 'not_kept' } });
    await routing.restart();
    expect((await call('/1')).body).toMatchObject({ text: policyOf('support') });
  });

  it('of a file that was changed are in force from the next start on', async () => {
    await writeFile(policyFile, policyOf('support', '    earlier_may_answer: false'));
    await routing.restart();
    expect((await call('/current')).body).toMatchObject({ version: 3, source: 'file', rules: [{ earlier_may_answer: false }] });
    expect((await call('?limit=1')).body).toMatchObject({ items: [{ version: 3 }], next: 3 });
    expect((await call('?limit=2&before=3')).body).toMatchObject({ items: [{ version: 2 }, { version: 1 }] });
  });
});
