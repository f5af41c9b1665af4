import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKafka } from '@handoff/bus';
import {
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffRouted,
  NO_ENVELOPE,
  toHeaders,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffDecision,
} from '@handoff/contracts';
import {
  aDecision,
  anAcceptedHandoff,
  aRouting,
  eventually,
  racesToRun,
  startTestService,
  testServers,
  type TestService,
} from '@handoff/testing';
import type { Producer } from 'kafkajs';

const JITTER_MS = 5;
/** Time to arm the clocks before the first of them is due, and between one and the next. */
const AHEAD_MS = 3000;
const APART_MS = 20;
/** What it takes on a busy machine from the send to the commit; a decision is read before and after its deadline alike. */
const READ_WITHIN_MS = 400;

interface Deadline {
  readonly handoff: HandoffAccepted;
  readonly dueAt: number;
  readonly decision: HandoffDecision;
}

/** What is long under way on a busy machine is sent once more, as the same event; one that fired twice has another sequence. */
const unrepeated = (events: readonly HandoffClock[]): readonly HandoffClock[] => [
  ...new Map(events.map((event) => [JSON.stringify(event), event])).values(),
];
const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();
const jitter = (): number => Math.round((Math.random() * 2 - 1) * JITTER_MS);

/** Decided within a few milliseconds of the instant at which its level and its SLA are due. */
function aDeadline(dueAt: number): Deadline {
  const handoff = anAcceptedHandoff({ packet: { urgency: 'high' } });
  const sla = { class: 'critical', due_at: instant(dueAt) } as const;
  return { handoff, dueAt, decision: aDecision(handoff, { decided_at: instant(dueAt + jitter()), sla: { ...sla, met: true } }) };
}

describe('two replicas of the SLA monitor', () => {
  let slaMonitor: TestService;
  let producer: Producer;

  beforeAll(async () => {
    slaMonitor = await startTestService({ service: 'sla-monitor', load: () => import('./sla-monitor.module.js'), replicas: 2 });
    producer = createKafka('decisions', { KAFKA_BROKERS: testServers().brokers }).producer({ allowAutoTopicCreation: false });
    await producer.connect();
  }, 60_000);
  afterAll(async () => {
    await producer?.disconnect();
    await slaMonitor?.stop();
  });

  async function arm(deadlines: readonly Deadline[]): Promise<void> {
    const handoffs = deadlines.map(({ handoff }) => handoff);
    const routings = deadlines.map(({ handoff, dueAt }) =>
      aRouting(handoff, { decide_by: instant(dueAt), ack_by: instant(dueAt), sla: { class: 'critical', due_at: instant(dueAt) } }),
    );
    await Promise.all([send(handoffAccepted, handoffs), send(handoffRouted, routings)]);
  }

  async function send(
    topic: typeof handoffAccepted | typeof handoffRouted | typeof handoffDecisions,
    events: readonly { readonly handoff_id: string }[],
  ) {
    const messages = events.map((event) => ({
      key: event.handoff_id,
      value: JSON.stringify(event),
      headers: toHeaders({ ...NO_ENVELOPE, id: `${topic.topic}-${event.handoff_id}`, type: topic.type, source: 'handoff/test' }) as Record<
        string,
        string
      >,
    }));
    await producer.send({ topic: slaMonitor.prefix + topic.topic, acks: -1, messages });
  }

  it('settle a decision at its deadline once, by when it was made, and let no clock fire after it', async () => {
    const begin = Date.now() + AHEAD_MS;
    const deadlines = Array.from({ length: racesToRun(100) }, (_, at) => aDeadline(begin + at * APART_MS));
    await arm(deadlines);
    await Promise.all(
      deadlines.map(async ({ dueAt, decision }) => {
        await sleep(dueAt - Math.random() * READ_WITHIN_MS - Date.now()); // the race itself: the clock fires while the decision is read
        await send(handoffDecisions, [decision]);
      }),
    );
    await eventually('every result is told', async () => {
      const [row] = await slaMonitor.query<{ open: number }>('SELECT count(*)::int AS open FROM handoffs WHERE met IS NULL');
      return row?.open === 0;
    });
    const told = new Map<string, HandoffClock[]>();
    for (const it of unrepeated(await slaMonitor.published(handoffClock)))
      told.set(it.handoff_id, [...(told.get(it.handoff_id) ?? []), it]);
    let breached = 0;
    for (const { handoff, dueAt, decision } of deadlines) {
      const events = (told.get(handoff.handoff_id) ?? []).toSorted((one, other) => one.sequence - other.sequence);
      const names = events.map(({ event, share }) => (share === null || share === 1 ? event : 'warning'));
      expect([names.filter((it) => it === 'result').length, names.at(-1)]).toEqual([1, 'result']);
      expect(names.filter((it) => it === 'breached').length).toBeLessThanOrEqual(1);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1));
      const met = Date.parse(decision.decided_at) <= dueAt;
      expect(events.at(-1)?.result).toMatchObject({ class: 'critical', met, due_at: instant(dueAt), decided_at: decision.decided_at });
      if (names.includes('breached')) breached++;
    }
    expect(await slaMonitor.query('SELECT * FROM clocks')).toEqual([]);
    expect(breached).toBeGreaterThan(0); // else it was no race
    expect(breached).toBeLessThan(deadlines.length);
  }, 120_000);
});
