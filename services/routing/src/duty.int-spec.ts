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
  type HandoffRouted,
  type Urgency,
} from '@handoff/contracts';
import { anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';
import ICAL from 'ical.js';

const SECRET = 'a secret that the desk and services share';
const POLICY = `
policy: { id: test, name: Test }
people:
${['ana', 'ben', 'chloe', 'dan'].map((id) => `  - { id: ${id}, name: ${id}, roles: [responder], addresses: [] }`).join('\n')}
calendars:
  - id: office
    time_zone: Europe/Berlin
    hours: [{ days: [mon, tue, wed, thu, fri], from: '09:00', until: '17:00' }]
schedules:
  - id: primary
    name: Support, primary
    time_zone: Europe/Berlin
    layers:
      - { id: rota, people: [ana, ben], starts: 2026-01-05T09:00, turn: 1w, hours: [{ days: [mon, tue, wed, thu, fri], from: '08:00', until: '20:00' }] }
teams:
  - { id: support, name: Support, members: [ana, ben, chloe], schedules: [primary] }
  - { id: leads, name: Leads, members: [dan] }
sla: { critical: 15m, normal: 4h, calendar: office }
rules:
  - { id: default, match: {}, levels: [{ name: Support, target: { team: support } }, { name: Leads, target: { team: leads } }] }
`;

let folder: string;
let routing: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-duty-'));
  const policyFile = join(folder, 'policy.yaml');
  await writeFile(policyFile, POLICY);
  const env = { POLICY_FILE: policyFile, SERVICE_TOKEN_SECRET: SECRET };
  routing = await startTestService({ service: 'routing', load: () => import('./routing.module.js'), env });
});

afterAll(async () => {
  await routing?.stop();
  await rm(folder, { recursive: true, force: true });
});

let shifted = 0;
/** It is that instant, and a little more. */
async function itIs(instant: string): Promise<void> {
  const wanted = (Date.parse(instant) - Date.now()) / 1000;
  await routing.advance(wanted - shifted);
  shifted = wanted;
}

async function routed(acceptedAt: string, urgency: Urgency = 'high'): Promise<HandoffRouted | undefined> {
  const handoff = anAcceptedHandoff({ accepted_at: acceptedAt, packet: { urgency } });
  await routing.deliver(handoffAccepted, [handoff]);
  return (await routing.published(handoffRouted)).find((it) => it.handoff_id === handoff.handoff_id);
}

async function ask(path: string, { as = 'dan', roles = ['lead'], method = 'GET', body }: Asked = {}): Promise<Response> {
  const token = signServiceToken({ subject: as, roles, tenant: DEFAULT_TENANT, audience: 'routing' }, SECRET);
  const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
  return fetch(`${routing.url}/v1/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}
interface Asked {
  readonly as?: string;
  readonly roles?: readonly string[];
  readonly method?: string;
  readonly body?: object;
}

const override = (body: object, by: Asked = {}): Promise<Response> => ask('schedules/primary/overrides', { ...by, method: 'POST', body });
const from = '2026-03-10T10:00:00Z';
const until = '2026-03-10T12:00:00Z';

describe('routing by schedules', () => {
  it('asks somebody else from the hand-over on', async () => {
    await itIs('2026-03-09T07:30:00Z'); // half an hour before nine in Berlin
    expect(await routed('2026-03-09T07:30:00Z')).toMatchObject({ asked: ['ana'], skipped: [] });
    await itIs('2026-03-09T08:00:00Z');
    expect(await routed('2026-03-09T08:00:00Z')).toMatchObject({ asked: ['ben'], skipped: [] });
  });

  it('skips a level with a gap at once, and says so', async () => {
    await itIs('2026-03-09T22:00:00Z');
    expect(await routed('2026-03-09T22:00:00Z')).toMatchObject({
      ...{ asked: ['dan'], skipped: ['Support'] },
      why: 'Rule "default" asks leads first; nobody is on duty at Support.',
    });
  });

  it('ends the window of a normal one of Friday evening on Monday, and that of a critical one in minutes', async () => {
    await itIs('2026-03-13T18:00:00Z');
    expect(await routed('2026-03-13T18:00:00Z', 'low')).toMatchObject({
      ...{ decide_by: '2026-03-16T12:00:00.000Z', sla: { class: 'normal', due_at: '2026-03-16T12:00:00.000Z' } },
      warnings: [{ share: 0.5, at: '2026-03-16T10:00:00.000Z' }, { share: 0.8 }],
    });
    expect(await routed('2026-03-13T18:00:00Z')).toMatchObject({ decide_by: '2026-03-13T18:15:00.000Z' });
  });

  it('says the windows anew that have waited for the agent, with as much working time as they had', async () => {
    const asked = await routed('2026-03-13T18:00:00Z', 'low');
    if (!asked) throw new Error('Nobody was asked.');
    const { tenant, handoff_id, packet_version } = asked;
    const clock = { tenant, handoff_id, packet_version, clock: 'info_by', level: 1, cycle: 1, share: null, result: null } as const;
    const info_by = '2026-03-16T16:50:00.000Z'; // beyond closing time
    await routing.deliver(handoffClock, [
      { ...clock, event: 'paused', sequence: 1, due_at: info_by, fired_at: '2026-03-16T08:20:00.000Z' },
      { ...clock, event: 'resumed', sequence: 2, due_at: asked.decide_by, info_by, fired_at: '2026-03-16T08:50:00.000Z' },
    ]);
    const said = (await routing.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id);
    expect(said.map(({ sequence, cycle, decide_by }) => [sequence, cycle, decide_by])).toEqual([
      [1, 1, '2026-03-16T12:00:00.000Z'],
      [2, 1, '2026-03-16T12:30:00.000Z'],
    ]);
  });

  it('asks whom an override names at once, and no more once it is cancelled', async () => {
    await itIs('2026-03-10T11:00:00Z');
    const added = await override({ person: 'chloe', from, until });
    const { id, ...made } = (await added.json()) as { id: string };
    const asMade = { from: expect.stringMatching(/^2026-03-10T11:00/), until: '2026-03-10T12:00:00.000Z' };
    expect([added.status, made]).toEqual([201, { schedule: 'primary', person: 'chloe', ...asMade }]);
    expect(await routed('2026-03-10T11:00:00Z')).toMatchObject({ asked: ['chloe'] });
    expect(await (await ask('on-duty')).json()).toEqual({
      teams: [
        { team: 'support', on_duty: ['chloe'] },
        { team: 'leads', on_duty: ['dan'] },
      ],
    });
    const shown = await (await ask('schedules?from=2026-03-10T11:10:00Z&until=2026-03-10T11:11:00Z')).json();
    // with its own ends, not those that were asked for
    expect(shown).toMatchObject({ items: [{ shifts: [{ person: 'chloe', override_id: id, ...asMade }] }] });
    const overlap = await override({ person: 'ana', from: '2026-03-10T11:30:00Z', until: '2026-03-10T13:00:00Z' });
    expect([overlap.status, await overlap.json()]).toMatchObject([409, { code: 'overlaps', override_id: id }]);
    const instead = await override({ person: 'ana', from, until, instead: id });
    const { id: other } = (await instead.json()) as { id: string };
    expect(await routed('2026-03-10T11:00:00Z')).toMatchObject({ asked: ['ana'] });
    expect((await ask(`overrides/${other}`, { method: 'DELETE' })).status).toBe(200);
    expect(await routed('2026-03-10T11:00:00Z')).toMatchObject({ asked: ['ben'] });
    expect((await ask(`overrides/${id}`, { method: 'DELETE' })).status).toBe(409);
  });

  it('tells a schedule’s shifts and gaps, with overrides from when they were made up to when they were cancelled', async () => {
    const { items } = (await (await ask(`schedules?from=2026-03-10T07:00:00Z&until=2026-03-10T20:00:00Z`)).json()) as { items: object[] };
    expect(items).toMatchObject([
      {
        ...{ id: 'primary', time_zone: 'Europe/Berlin', teams: ['support'] },
        shifts: [
          { person: 'ben', from: '2026-03-10T07:00:00.000Z', until: expect.stringMatching(/^2026-03-10T11:00/), layer: 'rota' },
          { person: 'chloe', name: 'chloe', from: expect.stringMatching(/^2026-03-10T11:00/) },
          { person: 'ana' },
          { person: 'ben', until: '2026-03-10T19:00:00.000Z', layer: 'rota' },
        ],
        gaps: [{ from: '2026-03-10T19:00:00.000Z', until: '2026-03-10T20:00:00.000Z' }],
      },
    ]);
  });

  it('lets a person take a shift over or give her own away, and nothing else', async () => {
    await itIs('2026-03-10T11:00:00Z');
    const ana = { as: 'ana', roles: ['responder'] };
    const [later, end] = ['2026-03-11T10:00:00Z', '2026-03-11T12:00:00Z'];
    expect((await override({ person: 'chloe', from: later, until: end }, ana)).status).toBe(403); // it is Ben's
    const taken = await override({ person: 'ana', from: later, until: end }, ana);
    expect(taken.status).toBe(201);
    const given = await override(
      { person: 'chloe', from: '2026-03-12T10:00:00Z', until: '2026-03-12T12:00:00Z' },
      { as: 'ben', roles: ['responder'] },
    );
    expect(given.status).toBe(201);
    const { id } = (await taken.json()) as { id: string };
    expect((await ask(`overrides/${id}`, { as: 'ben', roles: ['responder'], method: 'DELETE' })).status).toBe(403);
    expect((await override({ person: 'ana', from: later, until: end }, { as: 'ana', roles: ['viewer'] })).status).toBe(403);
  });

  it.each([
    ['somebody unknown', { person: 'zoe', from, until }, 422],
    ['somebody of no team that it serves', { person: 'dan', from, until }, 422],
    ['an end before its beginning', { person: 'chloe', from: until, until: from }, 422],
    ['more than a year', { person: 'chloe', from, until: '2027-04-01T00:00:00Z' }, 422],
    ['what is past', { person: 'chloe', from: '2026-03-01T00:00:00Z', until: '2026-03-02T00:00:00Z' }, 422],
    ['no instant', { person: 'chloe', from: 'tomorrow', until }, 422],
  ])('refuses an override with %s', async (_what, body, status) => {
    await itIs('2026-03-10T11:00:00Z');
    expect((await override(body)).status).toBe(status);
  });

  it('refuses an override of a schedule that is not there', async () => {
    const answer = await ask('schedules/none/overrides', { method: 'POST', body: { person: 'chloe', from, until } });
    expect(answer.status).toBe(404);
  });

  it('gives each the own shifts as a calendar', async () => {
    await itIs('2026-03-16T12:00:00Z');
    const answer = await ask('people/ben/duty.ics');
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as unknown[]);
    const events = calendar.getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
    const [first] = events.toSorted((a, b) => a.startDate.toUnixTime() - b.startDate.toUnixTime());
    expect(first?.summary).toBe('On duty: Support, primary');
    expect(first?.startDate.toJSDate()).toEqual(new Date('2026-03-23T08:00:00Z'));
    expect(first?.endDate.toJSDate()).toEqual(new Date('2026-03-23T19:00:00Z'));
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect((await ask('people/zoe/duty.ics')).status).toBe(404);
  });
});
