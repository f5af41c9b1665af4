import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffMoves,
  handoffRouted,
  hours,
  minutes,
  newId,
  readDelegation,
  seconds,
  withDelivery,
  type AgentId,
  type Delivery,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffId,
  type HandoffMove,
  type HandoffRouted,
  type OfferId,
  type PersonId,
  type Seconds,
} from '@handoff/contracts';
import { channelOf, startService } from '@handoff/runtime';
import { aDecision, anAcceptedHandoff, aRouting, eventually, startTestService, type TestService } from '@handoff/testing';

jest.setTimeout(120_000);

const instantsOf = ({ fired_at, due_at }: HandoffClock): string => `${fired_at} ${due_at}`;

describe('the clocks of a handoff', () => {
  let slaMonitor: TestService;

  beforeAll(async () => {
    slaMonitor = await startTestService({
      service: 'sla-monitor',
      load: () => import('./sla-monitor.module.js'),
      env: { CLOCK_IDLE_SECONDS: '30' }, // what has to wake the poller earlier is what is tested
      idleWhen: 'NOT EXISTS (SELECT 1 FROM clocks WHERE due_at <= handoff_now())',
    });
  });
  afterEach(() => slaMonitor.query('DELETE FROM clocks')); // what a test leaves open would go on in the next one
  afterAll(() => slaMonitor.stop());

  it('warn, breach, and breach again until routing asks the next level', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.advance(minutes(15));
    expect(await told(handoff)).toEqual(['lapsed ack_by 1', 'warning decide_by 1', 'warning decide_by 1', 'breached decide_by 1']);
    await slaMonitor.advance(minutes(1));
    expect((await told(handoff)).slice(4)).toEqual(['unrouted route_by 1', 'breached decide_by 1']);

    await slaMonitor.deliver(handoffRouted, [await nextLevel(handoff)]);
    expect(await armed(handoff)).toEqual(['ack_by 1', 'decide_by 0.5', 'decide_by 0.8', 'decide_by 1']);
    await slaMonitor.advance(minutes(15));
    expect((await told(handoff)).at(-1)).toBe('breached decide_by 2');
  });

  it('wait for the agent once per level, and no longer than the setting says', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.deliver(handoffMoves, [await moved(handoff, 'request_info', 1)]);
    await slaMonitor.advance(minutes(14));
    expect(await told(handoff)).toEqual(['paused info_by 1']);
    await slaMonitor.advance(minutes(1));
    expect(await told(handoff)).toEqual(['paused info_by 1', 'resumed info_by 1']);
    await slaMonitor.deliver(handoffMoves, [await moved(handoff, 'request_info', 2)]);
    await slaMonitor.advance(minutes(15));
    expect((await told(handoff)).at(-1)).toBe('breached decide_by 1');
  });

  it('count their events without a gap, and give each an id of its own', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.advance(minutes(15));
    expect(await eventsOf(handoff)).toHaveLength(4); // else they may be on their way, and by a clock that is moved on look left behind
    await slaMonitor.advance(minutes(1));
    expect((await eventsOf(handoff)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    const records = (await slaMonitor.publishedRecords(handoffClock.topic)).filter(({ key }) => key === handoff.handoff_id);
    expect(new Set(records.map(({ headers }) => headers['ce_id'])).size).toBe(6);
    expect(new Set(records.map(({ headers }) => headers['correlationid']))).toEqual(new Set([handoff.handoff_id]));
  });

  it('say "unrouted" when routing says nothing, every minute', async () => {
    const handoff = await accepted();
    await slaMonitor.advance(minutes(1));
    await slaMonitor.advance(minutes(1));
    expect(await told(handoff)).toEqual(['unrouted route_by 0', 'unrouted route_by 0']);
  });

  it('know the level where its news comes before the acceptance', async () => {
    const handoff = anAcceptedHandoff({ packet: { urgency: 'high' }, accepted_at: await now() });
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff)]);
    await slaMonitor.deliver(handoffAccepted, [handoff]);
    expect(await armed(handoff)).toEqual(['ack_by 1', 'decide_by 0.5', 'decide_by 0.8', 'decide_by 1']);
  });

  it('stop with an acknowledgement for ack_by alone, and begin again with its release', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.deliver(handoffMoves, [await moved(handoff, 'acknowledge', 1)]);
    expect(await armed(handoff)).toEqual(['decide_by 0.5', 'decide_by 0.8', 'decide_by 1']);
    await slaMonitor.advance(minutes(6));
    expect(await told(handoff)).toEqual([]);

    await slaMonitor.deliver(handoffMoves, [await moved(handoff, 'release', 2)]);
    await slaMonitor.advance(minutes(5));
    expect(await told(handoff)).toEqual(['warning decide_by 1', 'lapsed ack_by 1']);
  });

  it('end with the decision, whose result is told once', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.advance(minutes(4));
    const decision = aDecision(handoff, { decided_at: await now() });
    await slaMonitor.deliver(handoffDecisions, [decision, { ...decision, sequence: 2 }]);
    await slaMonitor.advance(minutes(60));
    expect(await armed(handoff)).toEqual([]);
    expect(await eventsOf(handoff)).toMatchObject([{ event: 'result', result: { class: 'critical', met: true } }]);
  });

  it('miss the SLA by when it was decided, not by when that was read', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.advance(minutes(16));
    await slaMonitor.deliver(handoffDecisions, [aDecision(handoff, { decided_at: await now() })]);
    const inTime = await acceptedAndAsked();
    const decidedAt = await now();
    await slaMonitor.advance(minutes(16));
    await slaMonitor.deliver(handoffDecisions, [aDecision(inTime, { decided_at: decidedAt })]);
    expect((await eventsOf(handoff)).at(-1)).toMatchObject({ event: 'result', result: { met: false } });
    expect((await eventsOf(inTime)).at(-1)).toMatchObject({ event: 'result', result: { met: true } });
  });

  it('are not armed by what comes after the end, and the result waits for routing’s word', async () => {
    const handoff = anAcceptedHandoff({ packet: { urgency: 'high' }, accepted_at: await now() });
    await slaMonitor.deliver(handoffDecisions, [aDecision(handoff, { decided_at: await now() })]);
    await slaMonitor.deliver(handoffAccepted, [handoff]);
    expect(await told(handoff)).toEqual([]);
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff)]);
    expect(await armed(handoff)).toEqual([]);
    expect(await told(handoff)).toEqual(['result decide_by 0']);
  });

  it('tell when the packet itself has expired', async () => {
    const handoff = await accepted({ expires_at: await now(30) });
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff)]);
    await slaMonitor.advance(seconds(31));
    expect(await told(handoff)).toEqual(['lapsed expires_at 1']);
    expect(await armed(handoff)).toContain('decide_by 1');
  });

  it('tell once that work is late, wherever the task is by then, and settle that with its end', async () => {
    const due_by = await now(minutes(10));
    const task = await aTask(due_by);
    await slaMonitor.deliver(handoffAccepted, [task]);
    const agent = { agent_id: 'finder' as AgentId, offer_id: newId<OfferId>(), round: 1, of: 3, lease_seconds: hours(1) };
    const held = async (sequence: number) =>
      aRouting(task, {
        event: 'held',
        sequence,
        cycle: sequence,
        routed_at: await now(),
        agent: { ...agent, lease_by: await now(hours(1)) },
      });
    await slaMonitor.deliver(handoffRouted, [await held(1)]);
    expect(await armed(task)).toEqual(['due_by 0.5', 'due_by 0.8', 'due_by 1', 'lease_by 1']);
    await slaMonitor.advance(minutes(10));
    expect(await told(task)).toEqual(['warning due_by 1', 'warning due_by 1', 'breached due_by 1']);

    const delivered_at = await now();
    const delivered = handedIn(task, { offer_id: agent.offer_id, delivered_at });
    await slaMonitor.deliver(handoffAccepted, [delivered]);
    await slaMonitor.deliver(handoffRouted, [await held(2)]); // sent back: late once is late
    await slaMonitor.deliver(handoffDecisions, [aDecision(delivered, { decided_at: await now() })]);
    expect((await eventsOf(task)).filter(({ clock, event }) => clock === 'due_by' && event !== 'warning')).toMatchObject([
      { event: 'breached' },
      { event: 'result', due: { met: false, due_at: due_by, delivered_at } },
    ]);
  });

  it('fire within 100 ms of due while nothing else is to be done', async () => {
    const handoff = await accepted();
    const decideBy = await now(1);
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff, { decide_by: decideBy, ack_by: await now(0.5) })]);
    await eventually('breached', async () => (await told(handoff)).includes('breached decide_by 1'));
    const late = (await eventsOf(handoff)).map((event) => Date.parse(event.fired_at) - Date.parse(event.due_at));
    expect(late.every((milliseconds) => milliseconds >= 0)).toBe(true);
    expect(late.slice(-2).every((milliseconds) => milliseconds < 100)).toBe(true);
  });

  it('fire although every connection to the database was cut', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name IN ('handoff-sla_monitor', 'handoff_sla_monitor-listener')`,
    );
    await slaMonitor.query(`UPDATE clocks SET due_at = due_at - interval '1 hour'`);
    await eventually('breached', async () => (await told(handoff)).includes('breached decide_by 1'));
  });

  it('fire on start where they were due while nobody ran', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.query(`UPDATE clocks SET due_at = due_at - interval '1 hour'`); // nobody is told of this
    expect(await told(handoff)).toEqual([]);
    await slaMonitor.restart();
    await eventually('breached', async () => (await told(handoff)).includes('breached decide_by 1'));
  });

  it('fire as soon as whoever holds the handoff lets go of it', async () => {
    const handoff = await acceptedAndAsked();
    await slaMonitor.whileLocked('SELECT 1 FROM handoffs WHERE handoff_id = $1 FOR UPDATE', [handoff.handoff_id], async () => {
      await slaMonitor.query(`UPDATE clocks SET due_at = due_at - interval '1 hour' WHERE handoff_id = $1`, [handoff.handoff_id]);
      const other = await overdue(1);
      await slaMonitor.query('SELECT pg_notify($1, $2)', [channelOf('sla-monitor'), '']);
      await eventually('another is fired beside it', async () => (await breachesOf(other)).length === 1);
      expect(await told(handoff)).toEqual([]);
    });
    const released = Date.now();
    await eventually('breached', async () => (await told(handoff)).includes('breached decide_by 1'));
    expect(Date.now() - released).toBeLessThan(10_000); // and not at the next look, in half a minute
  });

  it('fire in the order in which they were due, and what falls due meanwhile does not wait for all of them', async () => {
    const backlog = await overdue(1000);
    const fresh = await overdue(100, `handoff_now() + n * interval '20 milliseconds'`);
    await slaMonitor.query('SELECT pg_notify($1, $2)', [channelOf('sla-monitor'), '']);
    await eventually('all are fired', async () => (await breachesOf([...backlog, ...fresh])).length === 1100, 60);
    const fired = await breachesOf(backlog);
    expect(fired.map(({ due_at }) => due_at)).toEqual(fired.map(({ due_at }) => due_at).toSorted());
    const [firstFresh] = await breachesOf(fresh);
    expect(Date.parse(firstFresh?.fired_at ?? '')).toBeLessThan(Date.parse(fired.at(-1)?.fired_at ?? ''));
  });

  it('fire once while two replicas watch them', async () => {
    process.env['HTTP_PORT'] = '0';
    const { slaMonitor: options } = await import('./sla-monitor.module.js');
    const replica = await startService(options);
    try {
      const handoffs = await Promise.all(Array.from({ length: 40 }, async () => anAcceptedHandoff({ accepted_at: await now() })));
      await slaMonitor.deliver(handoffAccepted, handoffs);
      await slaMonitor.advance(minutes(1));
      const unrouted = new Set(handoffs.map(({ handoff_id }) => handoff_id));
      const fired = (await slaMonitor.published(handoffClock)).filter(({ handoff_id }) => unrouted.has(handoff_id));
      expect(fired).toHaveLength(40);
      expect(new Set(fired.map(({ handoff_id }) => handoff_id)).size).toBe(40);
    } finally {
      await replica.stop();
    }
  });

  it('say how late they were, and what came of them', async () => {
    const metrics = await (await fetch(`${slaMonitor.url}/metrics`)).text();
    expect(metrics).toContain('handoff_clock_lateness_seconds_count');
    expect(metrics).toMatch(/handoff_clocks_fired_total\{[^}]*event="breached"/);
    expect(metrics).toMatch(/handoff_sla_results_total\{[^}]*met="false"/);
    expect(metrics).toMatch(/handoff_time_to_decision_seconds_bucket\{[^}]*le="900"/);
  });

  /** Level 1 of so many handoffs, whose time is over, and of which nobody was told. @param dueAt SQL, of `n` from 1 on */
  async function overdue(
    count: number,
    dueAt = `handoff_now() - interval '1 hour' + n * interval '1 millisecond'`,
  ): Promise<readonly HandoffId[]> {
    const made = await slaMonitor.query<{ handoff_id: HandoffId }>(
      `WITH made AS (
         INSERT INTO handoffs (handoff_id, tenant, state, packet_version, level, cycle, decide_by, sequence, accepted_sequence, routed_sequence, moved_sequence)
         SELECT gen_random_uuid(), 'default', 'open', 1, 1, 1, ${dueAt}, 0, 1, 1, 0 FROM generate_series(1, $1::int) AS n
         RETURNING handoff_id, decide_by)
       INSERT INTO clocks (handoff_id, clock, share, level, cycle, due_at, armed_at)
       SELECT handoff_id, 'decide_by', 1, 1, 1, decide_by, handoff_now() FROM made RETURNING handoff_id`,
      [count],
    );
    return made.map(({ handoff_id }) => handoff_id);
  }

  /** In the order in which they were fired, those of one look by when they were due. */
  async function breachesOf(handoffs: readonly HandoffId[]): Promise<readonly HandoffClock[]> {
    const ids = new Set(handoffs);
    const breaches = (await slaMonitor.published(handoffClock)).filter(
      ({ handoff_id, event }) => ids.has(handoff_id) && event === 'breached',
    );
    return breaches.toSorted((one, other) => instantsOf(one).localeCompare(instantsOf(other)));
  }

  async function now(later: Seconds = 0): Promise<string> {
    const [row] = await slaMonitor.query<{ now: Date }>('SELECT handoff_now() + make_interval(secs => $1) AS now', [later]);
    return row?.now.toISOString() ?? '';
  }

  async function aTask(due_by: string): Promise<HandoffAccepted> {
    const accepted = anAcceptedHandoff({ kind: 'delegation', accepted_at: await now() });
    const criteria = { success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }], constraints: [] };
    const read = readDelegation({ task_id: accepted.task_id, goal: 'Name a supplier.', context: '', due_by, ...criteria });
    if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
    return { ...accepted, packet: read.value };
  }

  function handedIn(task: HandoffAccepted, by: Pick<Delivery, 'offer_id' | 'delivered_at'>): HandoffAccepted {
    const { delegation } = task.packet;
    if (!delegation) throw new Error('It is no delegation.');
    const criteria = [{ criterion_id: 'named', met: true, evidence: ['acme.example'] }];
    const packet = withDelivery(task.packet, delegation, { ...by, agent_id: 'finder' as AgentId, round: 1, summary: 'Found.', criteria });
    if (packet.kind === 'faults') throw new Error(JSON.stringify(packet.faults));
    return { ...task, event: 'delivered', sequence: 2, packet_version: 2, packet: packet.value };
  }

  async function accepted(packet: Readonly<Record<string, unknown>> = {}): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff({ packet: { urgency: 'high', ...packet }, accepted_at: await now() });
    await slaMonitor.deliver(handoffAccepted, [handoff]);
    return handoff;
  }

  async function acceptedAndAsked(): Promise<HandoffAccepted> {
    const handoff = await accepted();
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff)]);
    return handoff;
  }

  async function nextLevel(handoff: HandoffAccepted): Promise<HandoffRouted> {
    const windows = { routed_at: await now(), ack_by: await now(minutes(5)), decide_by: await now(minutes(15)) };
    return aRouting(handoff, { ...windows, sequence: 2, level: { number: 2, name: 'leads', of: 2 } });
  }

  async function moved({ tenant, handoff_id }: HandoffAccepted, event: HandoffMove['event'], sequence: number): Promise<HandoffMove> {
    const by = { moved_by: 'ana' as PersonId, channel: 'desk' as const, level: 1, cycle: 1 };
    return { ...by, tenant, handoff_id, sequence, packet_version: 1, event, moved_at: await now() };
  }

  async function eventsOf({ handoff_id }: HandoffAccepted): Promise<readonly HandoffClock[]> {
    return (await slaMonitor.published(handoffClock)).filter((event) => event.handoff_id === handoff_id);
  }

  async function told(handoff: HandoffAccepted): Promise<readonly string[]> {
    return (await eventsOf(handoff)).map(({ event, clock, level }) => `${event} ${clock} ${level}`);
  }

  async function armed({ handoff_id }: HandoffAccepted): Promise<readonly string[]> {
    const clocks = await slaMonitor.query<{ clock: string; share: number }>(
      'SELECT clock, share FROM clocks WHERE handoff_id = $1 ORDER BY clock, share',
      [handoff_id],
    );
    return clocks.map(({ clock, share }) => `${clock} ${share}`);
  }
});
