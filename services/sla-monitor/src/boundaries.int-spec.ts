import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffMoves,
  handoffRouted,
  hours,
  minutes,
  type HandoffAccepted,
  type HandoffMove,
  type HandoffRouted,
  type PersonId,
  type Seconds,
  type Urgency,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, aRouting, startTestService, type TestService } from '@handoff/testing';

/** Nothing is special about a leap day, which is why it is one. */
const START = '2028-02-29T12:00:00.000Z';
const MICROSECOND: Seconds = 0.000_001;

const instant = (seconds: Seconds): string => new Date(Date.parse(START) + seconds * 1000).toISOString();

/** On a clock that stands still, so that an instant is an instant however long the machine takes. */
describe('to the microsecond', () => {
  let slaMonitor: TestService;
  /** Seconds since the start, by the clock that stands. */
  let stands: Seconds;

  beforeAll(async () => {
    slaMonitor = await startTestService({
      service: 'sla-monitor',
      load: () => import('./sla-monitor.module.js'),
      idleWhen: 'NOT EXISTS (SELECT 1 FROM clocks WHERE due_at <= handoff_now())',
    });
  });
  beforeEach(async () => {
    stands = 0;
    await slaMonitor.stopClockAt(START);
  });
  afterEach(() => slaMonitor.query('DELETE FROM clocks')); // what a test leaves open would go on in the next one
  afterAll(() => slaMonitor?.stop());

  it('a critical handoff is not late at 14:59, is at 15:00, and is told once by 15:01', async () => {
    const handoff = await asked('high');
    expect(await toldAt(handoff, minutes(14) + 59)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, minutes(15) - MICROSECOND)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, minutes(15))).toContain('breached decide_by 1');
    expect((await toldAt(handoff, minutes(15) + 1)).filter((it) => it === 'breached decide_by 1')).toHaveLength(1);
    const breach = (await eventsOf(handoff)).find(({ event }) => event === 'breached');
    expect(breach).toMatchObject({ due_at: instant(minutes(15)), fired_at: instant(minutes(15)) });
  });

  it('a normal handoff is not late at 3:59:59, and is at 4:00:00', async () => {
    const handoff = await asked('medium');
    expect(await toldAt(handoff, hours(4) - 1)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, hours(4))).toContain('breached decide_by 1');
  });

  it.each([
    ['15:00.000000', true],
    ['15:00.000001', false],
  ])('a decision at %s of fifteen minutes has met its SLA: %s, whenever it is read', async (at, met) => {
    const handoff = await asked('high');
    await moveTo(minutes(20));
    await slaMonitor.deliver(handoffDecisions, [aDecision(handoff, { decided_at: `2028-02-29T12:${at}Z` })]);
    expect((await eventsOf(handoff)).at(-1)).toMatchObject({ event: 'result', result: { class: 'critical', met } });
  });

  it.each([
    ['high', minutes(7.5), minutes(12)],
    ['medium', hours(2), hours(3.2)],
  ] as const)('one that is %s warns at half and at four fifths of its time', async (urgency, half, most) => {
    const handoff = await asked(urgency);
    const warnedAt = async (seconds: Seconds) => (await toldAt(handoff, seconds)).filter((it) => it.startsWith('warning')).length;
    expect([await warnedAt(half - MICROSECOND), await warnedAt(half)]).toEqual([0, 1]);
    expect([await warnedAt(most - MICROSECOND), await warnedAt(most)]).toEqual([1, 2]);
  });

  it('warnings that routing names come at their instants', async () => {
    const warnings = [{ share: 0.5, at: instant(minutes(1)) }];
    const handoff = await asked('high', { warnings });
    expect(await toldAt(handoff, minutes(1) - MICROSECOND)).toEqual([]);
    expect(await toldAt(handoff, minutes(1))).toEqual(['warning decide_by 1']);
    expect(await toldAt(handoff, minutes(15) - MICROSECOND)).toEqual(['warning decide_by 1', 'lapsed ack_by 1']);
  });

  it.each([
    ['high', minutes(5)],
    ['medium', hours(1)],
  ] as const)('nobody has said to be on one that is %s: ack_by lapses, and the level stays', async (urgency, ackBy) => {
    const handoff = await asked(urgency);
    expect(await toldAt(handoff, ackBy - MICROSECOND)).toEqual([]);
    expect(await toldAt(handoff, ackBy)).toEqual(['lapsed ack_by 1']);
    const [row] = await slaMonitor.query('SELECT level, cycle, breached_at FROM handoffs WHERE handoff_id = $1', [handoff.handoff_id]);
    expect(row).toEqual({ level: 1, cycle: 1, breached_at: null });
  });

  it('routing has a minute to say whom it asks, and another one each time', async () => {
    const handoff = await accepted('high');
    expect(await toldAt(handoff, minutes(1) - MICROSECOND)).toEqual([]);
    expect(await toldAt(handoff, minutes(1))).toEqual(['unrouted route_by 0']);
    expect(await toldAt(handoff, minutes(2) - MICROSECOND)).toHaveLength(1);
    expect(await toldAt(handoff, minutes(2))).toHaveLength(2);
  });

  it('the last level is breached again at the end of its next cycle', async () => {
    const last = { number: 2, name: 'leads', of: 2 };
    const handoff = await asked('high', { level: last });
    await moveTo(minutes(15));
    const again = { routed_at: instant(minutes(15)), ack_by: instant(minutes(20)), decide_by: instant(minutes(30)) };
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff, { ...again, sequence: 2, level: last, cycle: 2 })]);
    const breaches = async (seconds: Seconds) => (await toldAt(handoff, seconds)).filter((it) => it.startsWith('breached')).length;
    expect([await breaches(minutes(30) - MICROSECOND), await breaches(minutes(30))]).toEqual([1, 2]);
  });

  it('a question that is not answered puts the level off by fifteen minutes, and a second one by nothing', async () => {
    const handoff = await asked('high');
    await moveTo(minutes(1));
    await slaMonitor.deliver(handoffMoves, [move(handoff, 'request_info', 1)]);
    expect(await toldAt(handoff, minutes(16) - MICROSECOND)).toEqual(['paused info_by 1']);
    expect(await toldAt(handoff, minutes(16))).toEqual(['paused info_by 1', 'resumed info_by 1']);
    await slaMonitor.deliver(handoffMoves, [move(handoff, 'request_info', 2)]);
    expect(await toldAt(handoff, minutes(30) - MICROSECOND)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, minutes(30))).toContain('breached decide_by 1');
  });

  it('a question that is answered puts the level off by as long as the answer took', async () => {
    const handoff = await asked('high');
    await moveTo(minutes(1));
    await slaMonitor.deliver(handoffMoves, [move(handoff, 'request_info', 1)]);
    await moveTo(minutes(3));
    await slaMonitor.deliver(handoffMoves, [move(handoff, 'info_given', 2)]);
    expect(await toldAt(handoff, minutes(17) - MICROSECOND)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, minutes(17))).toContain('breached decide_by 1');
  });

  it('another urgency has another deadline, from acceptance, and the result is by that', async () => {
    const handoff = await asked('medium');
    await moveTo(minutes(5));
    const desk = { urgency: 'high', acknowledged_by: null, deferred_until: null, open_question: null, votes: 0, holder: null } as const;
    await slaMonitor.deliver(handoffMoves, [move(handoff, 'set_urgency', 1, { desk })]);
    const due = instant(minutes(15));
    const critical = { ack_by: instant(minutes(10)), decide_by: due, sla: { class: 'critical', due_at: due } } as const;
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff, { ...critical, sequence: 2 })]);
    const [row] = await slaMonitor.query('SELECT urgency, sla_class, sla_due_at FROM handoffs WHERE handoff_id = $1', [handoff.handoff_id]);
    expect(row).toEqual({ urgency: 'high', sla_class: 'critical', sla_due_at: new Date(due) });
    expect(await toldAt(handoff, minutes(15) - MICROSECOND)).not.toContain('breached decide_by 1');
    expect(await toldAt(handoff, minutes(15))).toContain('breached decide_by 1');
    await slaMonitor.deliver(handoffDecisions, [aDecision(handoff, { decided_at: instant(minutes(16)), urgency: 'high' })]);
    expect((await eventsOf(handoff)).at(-1)).toMatchObject({ event: 'result', result: { class: 'critical', met: false, due_at: due } });
  });

  async function accepted(urgency: Urgency): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff({ packet: { urgency }, accepted_at: START });
    await slaMonitor.deliver(handoffAccepted, [handoff]);
    return handoff;
  }

  async function asked(urgency: Urgency, over: Partial<HandoffRouted> = {}): Promise<HandoffAccepted> {
    const handoff = await accepted(urgency);
    await slaMonitor.deliver(handoffRouted, [aRouting(handoff, over)]);
    return handoff;
  }

  function move(handoff: HandoffAccepted, event: HandoffMove['event'], sequence: number, over: Partial<HandoffMove> = {}): HandoffMove {
    const { tenant, handoff_id, packet_version } = handoff;
    const made = { moved_by: 'ana' as PersonId, channel: 'desk', level: 1, cycle: 1, moved_at: instant(stands) } as const;
    return { tenant, handoff_id, packet_version, sequence, event, ...made, ...over };
  }

  async function moveTo(seconds: Seconds): Promise<void> {
    await slaMonitor.advance(seconds - stands);
    stands = seconds;
  }

  async function eventsOf({ handoff_id }: HandoffAccepted) {
    return (await slaMonitor.published(handoffClock)).filter((event) => event.handoff_id === handoff_id);
  }

  async function toldAt(handoff: HandoffAccepted, seconds: Seconds): Promise<readonly string[]> {
    await moveTo(seconds);
    return (await eventsOf(handoff)).map(({ event, clock, level }) => `${event} ${clock} ${level}`);
  }
});
