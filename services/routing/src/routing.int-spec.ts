import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffClock,
  handoffControls,
  handoffDecisions,
  handoffDirectory,
  handoffMoves,
  handoffRouted,
  hours,
  newId,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffControl,
  type HandoffMove,
  type HandoffRouted,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';

const policyOf = (levels: readonly string[]): string => `
policy: { id: test, name: Test }
people:
  - { id: ana, name: Ana, roles: [responder], addresses: [{ channel: email, address: ana@example.test }] }
  - { id: ben, name: Ben, roles: [lead], addresses: [] }
teams:
  - { id: support, name: Support, members: [ana] }
  - { id: leads, name: Leads, members: [ben] }
sla: { critical: 2s, normal: 4h }
rules:
  - id: default
    match: {}
    levels: [${levels.map((team) => `{ name: ${team}, target: { team: ${team} } }`).join(', ')}]
`;

function aClock({ tenant, handoff_id }: HandoffAccepted, over: Partial<HandoffClock>): HandoffClock {
  const now = new Date().toISOString();
  return {
    ...{ tenant, handoff_id, sequence: 1, packet_version: 1, event: 'breached', clock: 'decide_by', level: 1, cycle: 1 },
    ...{ due_at: now, fired_at: now, share: null, result: null },
    ...over,
  };
}

describe('routing', () => {
  let folder: string;
  let policyFile: string;
  let routing: TestService;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-routing-'));
    policyFile = join(folder, 'policy.yaml');
    await writeFile(policyFile, policyOf(['support', 'leads']));
    routing = await startTestService({ service: 'routing', load: () => import('./routing.module.js'), env: { POLICY_FILE: policyFile } });
  });

  afterAll(async () => {
    await routing?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const saidOf = async ({ handoff_id }: HandoffAccepted): Promise<readonly HandoffRouted[]> =>
    (await routing.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id);

  it('goes on with a person’s moves, also with one that came before its handoff', async () => {
    const handoff = anAcceptedHandoff();
    const { tenant, handoff_id } = handoff;
    const common = { tenant, handoff_id, packet_version: 1, channel: 'desk', level: 1, moved_by: 'ana', moved_at: handoff.accepted_at };
    const aMove = (move: object) => ({ ...common, ...move }) as unknown as HandoffMove; // ids are plain texts here
    await routing.deliver(handoffMoves, [aMove({ event: 'reassign', sequence: 1, cycle: 1, to: { kind: 'person', id: 'ben' } })]);
    await routing.deliver(handoffAccepted, [handoff]);
    await routing.deliver(handoffMoves, [aMove({ event: 'set_urgency', sequence: 2, cycle: 2, desk: { urgency: 'high', votes: 0 } })]);
    await routing.deliver(handoffMoves, [aMove({ event: 'escalate', sequence: 3, cycle: 2 })]);
    expect(await saidOf(handoff)).toMatchObject([
      { level: { number: 1 }, cycle: 1, asked: ['ana'], sla: { class: 'normal' } },
      { level: { number: 1 }, cycle: 2, asked: ['ben'], given_to: ['ben'] },
      { level: { number: 1 }, cycle: 2, sla: { class: 'critical' } },
      { level: { number: 2 }, cycle: 1, asked: ['ben'], before: [{ level: 1 }, { level: 1, moved_because: 'ana passed it on.' }] },
    ]);
    expect(await routing.query('SELECT urgency FROM assignments WHERE handoff_id = $1', [handoff_id])).toEqual([{ urgency: 'high' }]);
  });

  it('tells the directory who is in the policy', async () => {
    const entries = await routing.published(handoffDirectory);
    expect(entries.map(({ id, version, active }) => ({ id, version, active }))).toEqual(
      expect.arrayContaining(
        ['person:ana', 'person:ben', 'team:support', 'team:leads', 'policy:test'].map((id) => ({ id, version: 1, active: true })),
      ),
    );
  });

  it('passes over a team that leads have paused, until the pause is over', async () => {
    const until = new Date(Date.now() + 120_000).toISOString();
    const pause = { tenant: DEFAULT_TENANT, id: 'default/team/support', control: 'team', name: 'support', paused: true, until, version: 1 };
    const told = { ...pause, reason: 'All hands.', changed_by: 'ben', changed_at: until } as HandoffControl;
    const [before, during, after] = [anAcceptedHandoff(), anAcceptedHandoff(), anAcceptedHandoff()];
    await routing.deliver(handoffAccepted, [before]);
    await routing.deliver(handoffControls, [told]);
    await routing.deliver(handoffAccepted, [during]);
    await routing.advance(121);
    await routing.deliver(handoffAccepted, [after]);
    await routing.advance(-121);
    await routing.deliver(handoffControls, [{ ...told, paused: false, version: 2 }]);
    const again = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [again]);
    expect(await saidOf(before)).toMatchObject([{ asked: ['ana'] }]);
    expect(await saidOf(during)).toMatchObject([
      { asked: ['ben'], skipped: ['support'], why: expect.stringContaining('support is paused') },
    ]);
    for (const it of [after, again]) expect(await saidOf(it)).toMatchObject([{ asked: ['ana'], skipped: [] }]);
  });

  it('asks the first level, within the SLA from acceptance', async () => {
    const accepted = anAcceptedHandoff({ packet: { urgency: 'high' } });
    await routing.deliver(handoffAccepted, [accepted]);
    const due = new Date(Date.parse(accepted.accepted_at) + 2000).toISOString();
    expect(await saidOf(accepted)).toMatchObject([
      { event: 'asked', sequence: 1, level: { number: 1 }, asked: ['ana'], decide_by: due, sla: { class: 'critical', due_at: due } },
    ]);
  });

  it('moves by a breach of the current level alone, and repeats the last one', async () => {
    const accepted = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [accepted]);
    await routing.deliver(handoffClock, [aClock(accepted, { level: 1 }), aClock(accepted, { level: 1, sequence: 2 })]);
    await routing.deliver(handoffClock, [aClock(accepted, { level: 2, sequence: 3 })]);
    expect(await saidOf(accepted)).toMatchObject([
      { sequence: 1, level: { number: 1 } },
      { sequence: 2, level: { number: 2 }, asked: ['ben'], may_decide: ['support', 'leads'], before: [{ level: 1, asked: ['ana'] }] },
      { sequence: 3, level: { number: 2 }, cycle: 2, unattended: true },
    ]);
  });

  it('says again what did not arrive', async () => {
    const accepted = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [accepted]);
    await routing.deliver(handoffClock, [aClock(accepted, { event: 'unrouted', clock: 'route_by', level: 0, cycle: 0 })]);
    const [first, again] = await saidOf(accepted);
    expect(again).toEqual({ ...first, sequence: 2, routed_at: again?.routed_at });
  });

  it('finds the duplicates of a task in one batch and later, and gives them the one answer', async () => {
    const first = anAcceptedHandoff();
    const again = (): HandoffAccepted =>
      anAcceptedHandoff({ packet: { task_id: first.task_id }, accepted_at: new Date(Date.parse(first.accepted_at) + 1).toISOString() });
    const [second, third] = [again(), again()];
    await routing.deliver(handoffAccepted, [first, second]);
    await routing.deliver(handoffAccepted, [third]);
    await routing.deliver(handoffClock, [aClock(first, { level: 1 })]);
    const decision = aDecision(first);
    await routing.deliver(handoffDecisions, [decision]);
    for (const duplicate of [second, third])
      expect(await saidOf(duplicate)).toMatchObject([
        { level: { number: 1 }, page: false, duplicate_of: first.handoff_id },
        { level: { number: 2 }, page: false, duplicate_of: first.handoff_id },
        { event: 'end', end: { type: 'duplicate', repeats: decision.decision_id } },
      ]);
    expect(await saidOf(first)).toHaveLength(2);
  });

  it('pages the oldest duplicate for itself once the first has ended without a person', async () => {
    const first = anAcceptedHandoff();
    const second = anAcceptedHandoff({ packet: { task_id: first.task_id } });
    await routing.deliver(handoffAccepted, [first]);
    await routing.deliver(handoffAccepted, [second]);
    const withdrawal = { reason: 'Solved.', asked_at: first.accepted_at };
    await routing.deliver(handoffAccepted, [{ ...first, event: 'withdrawal_asked', sequence: 2, withdrawal }]);
    expect((await saidOf(first)).at(-1)).toMatchObject({ event: 'end', end: { type: 'withdrawn', reason: 'Solved.' } });
    await routing.deliver(handoffDecisions, [aDecision(first, { type: 'withdrawn', decided_by: [] })]);
    expect((await saidOf(second)).at(-1)).toMatchObject({ event: 'asked', page: true, duplicate_of: null });
  });

  it('gives a rejection again for a day to the same asked again, whatever else the packet says', async () => {
    const first = anAcceptedHandoff();
    const again = (): HandoffAccepted => anAcceptedHandoff({ packet: { task_id: first.task_id, urgency: 'high' } });
    const [early, late, anew] = [again(), again(), again()];
    await routing.deliver(handoffAccepted, [first]);
    await routing.deliver(handoffAccepted, [early]);
    const decision = aDecision(first, { type: 'reject', action: null, action_digest: null });
    await routing.deliver(handoffDecisions, [decision]);
    await routing.deliver(handoffAccepted, [late]);
    const end = { type: 'duplicate', repeats: decision.decision_id };
    expect(await saidOf(early)).toMatchObject([
      { event: 'asked', page: false },
      { event: 'end', end },
    ]);
    expect(await saidOf(late)).toMatchObject([{ event: 'end', page: false, duplicate_of: first.handoff_id, end }]);
    await routing.deliver(handoffDecisions, [aDecision(late, { type: 'reject', decided_by: [], repeats: decision.decision_id })]);
    await routing.advance(hours(24));
    await routing.deliver(handoffAccepted, [anew]);
    expect(await saidOf(anew)).toMatchObject([{ event: 'asked', page: true }]);
  });

  it('ends what expired and what was superseded', async () => {
    const expired = anAcceptedHandoff();
    const old = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [expired, old]);
    await routing.deliver(handoffClock, [aClock(expired, { event: 'lapsed', clock: 'expires_at' })]);
    await routing.deliver(handoffAccepted, [anAcceptedHandoff({ packet: { supersedes: old.handoff_id } })]);
    expect((await saidOf(expired)).at(-1)).toMatchObject({ event: 'end', end: { type: 'expired' } });
    expect((await saidOf(old)).at(-1)).toMatchObject({ event: 'end', end: { type: 'superseded' } });
  });

  it('moves nothing once a decision has come, however late the breach', async () => {
    const accepted = anAcceptedHandoff();
    await routing.deliver(handoffAccepted, [accepted]);
    await routing.deliver(handoffDecisions, [aDecision(accepted)]);
    await routing.deliver(handoffClock, [aClock(accepted, { level: 1 })]);
    expect(await saidOf(accepted)).toHaveLength(1);
  });

  it('takes clocks and decisions that arrive before their handoff', async () => {
    const [breached, decided, superseded] = [anAcceptedHandoff(), anAcceptedHandoff(), anAcceptedHandoff()];
    await routing.deliver(handoffClock, [aClock(breached, { level: 1 })]);
    await routing.deliver(handoffDecisions, [aDecision(decided)]);
    await routing.deliver(handoffAccepted, [anAcceptedHandoff({ packet: { supersedes: superseded.handoff_id } })]);
    await routing.deliver(handoffAccepted, [breached, decided, superseded]);
    expect((await saidOf(breached)).map(({ level }) => level.number)).toEqual([1, 2]);
    expect(await saidOf(decided)).toEqual([]);
    expect((await saidOf(superseded)).map(({ event }) => event)).toEqual(['asked', 'end']);
    expect(await routing.query('SELECT kind FROM held_events')).toEqual([]);
  });

  it('routes many handoffs at once, each of them once', async () => {
    const batch = Array.from({ length: 200 }, () => anAcceptedHandoff({ handoff_id: newId() }));
    await routing.deliver(handoffAccepted, batch);
    const ids = new Set(batch.map(({ handoff_id }) => handoff_id));
    const said = (await routing.published(handoffRouted)).filter(({ handoff_id }) => ids.has(handoff_id));
    expect(said).toHaveLength(batch.length);
  });

  it('keeps a running handoff at the policy version it started with', async () => {
    const [running, later] = [anAcceptedHandoff(), anAcceptedHandoff()];
    await routing.deliver(handoffAccepted, [running]);
    await writeFile(policyFile, policyOf(['leads']).replace('name: Ben', 'name: Benjamin'));
    await routing.restart();
    await routing.deliver(handoffAccepted, [later]);
    await routing.deliver(handoffClock, [aClock(running, { level: 1 })]);
    expect((await saidOf(running)).at(-1)).toMatchObject({ level: { number: 2, of: 2 }, policy: { version: 1 } });
    expect(await saidOf(later)).toMatchObject([{ level: { number: 1, of: 1 }, asked: ['ben'], policy: { version: 2 } }]);
    await routing.restart();
    expect(await routing.query('SELECT version FROM policies ORDER BY version')).toEqual([{ version: 1 }, { version: 2 }]);
  });
});
