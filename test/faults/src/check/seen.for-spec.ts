import { History, type EventRecord, type Facts } from './history.js';
import type { Standing } from './schemas.js';
import type { Seen } from './violation.js';
import type { Task } from '../drive/ledger.js';

export const ID = '00000000-0000-4000-8000-000000000001';
const DECIDED_AT = '2026-11-22T12:00:10.000Z';

/** A handoff as it should be: one level, one answer, seen alike by all. */
export function seen(
  change: Partial<Pick<Seen, 'reports' | 'heard'>> & {
    standing?: Partial<Standing>;
    task?: Partial<Task>;
    records?: (records: EventRecord[]) => EventRecord[];
  } = {},
): Seen {
  const history = new History(ID);
  const told = [
    record('handoff.accepted', 'accepted', 1, { taskId: 't' }),
    record('handoff.routed', 'asked', 1, { level: 1, cycle: 1, levelsOf: 3, skipped: 0, page: true }),
    record('handoff.notified', 'delivered', 1, { channel: 'webhook', recipient: 'ana', level: 1, cycle: 1 }),
    record('handoff.decisions', 'approve', 2, { decisionId: 'd', decidedAt: DECIDED_AT, decidedBy: ['ana'] }),
    record('handoff.clock', 'result', 1),
    record('handoff.feedback', 'feedback', 1, { decisionId: 'd' }),
  ];
  history.records.push(...(change.records?.(told) ?? told));
  return {
    history,
    standing: { ...STANDING, ...change.standing },
    task: { ...TASK, ...change.task },
    fault: { name: 'kill', toldWithinMs: 5000 },
    setBack: new Set(),
    reports: change.reports ?? [],
    heard: change.heard ?? new Map(),
  };
}

export function record(topic: string, event: string, sequence: number, facts: Facts = {}): EventRecord {
  const place = {
    topic,
    partition: 0,
    offset: BigInt(sequence),
    timestamp: Date.parse(DECIDED_AT),
    eventId: `${topic} ${event} ${sequence}`,
  };
  return { ...place, handoffId: ID, event, sequence, packetVersion: 1, facts };
}

const STANDING: Standing = {
  handoffId: ID,
  intake: { status: 'decided', decisionId: 'd', feedback: 1, pending: 0, offers: {} },
  routing: { state: 'ended', sequence: 1 },
  slaMonitor: { state: 'ended', sequence: 1, clocks: 0 },
  notifier: { state: 'ended', sequence: 2, decisionId: 'd', unsent: 0 },
  feedback: { decisionId: 'd', labels: 1 },
};

const TASK: Task = {
  taskId: 't',
  agentId: 'a',
  fault: 'kill',
  plan: { name: 'answer', door: 'kafka' },
  handoffIds: new Set([ID]),
  pages: [{ at: Date.parse(DECIDED_AT) - 9000, handoffId: ID, taskId: 't', recipient: 'ana', level: 1, packetVersion: 1 }],
  offers: [],
  promised: [{ at: Date.parse(DECIDED_AT), handoffId: ID, decisionId: 'd', by: 'ana' }],
  taken: 1,
  repeats: 0,
};
