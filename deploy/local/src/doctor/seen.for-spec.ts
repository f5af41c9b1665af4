import type { Service } from '@handoff/contracts';
import { SERVICES } from '@handoff/contracts';
import type { Looked } from './looked.js';
import { parseSamples } from './samples.js';
import type { Health, KafkaSeen, PostgresSeen, ProcessSeen, Seen } from './seen.js';

export const seen = <T>(value: T, tookMs = 3): Looked<T> => ({ kind: 'seen', value, tookMs });
export const unseen = (why = 'no answer within 4 s'): Looked<never> => ({ kind: 'unseen', why, tookMs: 4000 });

export const down = (part: string, why: string): Looked<Health> => seen({ ok: false, reasons: [{ part, why }], aheadSeconds: 0 });

export const aProcess = (service: Service, over: Partial<ProcessSeen> = {}): ProcessSeen => ({
  ...{ service, url: `http://${service}` },
  live: seen({ ok: true, reasons: [], aheadSeconds: 0 }),
  ready: seen({ ok: true, reasons: [], aheadSeconds: 0 }),
  metrics: seen(parseSamples('')),
  later: seen(parseSamples('')),
  ...over,
});

export const aKafka = (over: Partial<KafkaSeen> = {}): KafkaSeen => ({
  brokers: 1,
  controller: 1,
  createsTopics: false,
  partitions: [{ topic: 'handoff.accepted', partition: 0, hasLeader: true, replicas: 1, inSync: 1 }],
  changes: [],
  isExact: true,
  groups: [],
  watchedMs: 3000,
  ...over,
});

export const aPostgres = (over: Partial<PostgresSeen> = {}): PostgresSeen => ({
  isReadOnly: false,
  connectMs: 8,
  roundTripMs: 1,
  aheadSeconds: 0,
  connections: 30,
  mostConnections: 100,
  disk: null,
  notWritten: null,
  schemas: [],
  failures: [],
  ...over,
});

/** Everything answers, and nothing is wrong. */
export const whatIsSeen = (over: Partial<Seen> = {}): Seen => ({
  processes: SERVICES.map((service) => aProcess(service)),
  kafka: seen(aKafka()),
  postgres: seen(aPostgres()),
  deadLetters: [],
  agents: null,
  policy: null,
  canary: null,
  silentAfter: 900,
  disk: seen({ path: '/data', freeBytes: 50e9, bytes: 100e9 }),
  ...over,
});

/** One service alone, with this in its metrics: before, and a few seconds later. */
export const withMetrics = (service: Service, later: string, before = later): Pick<Seen, 'processes'> => ({
  processes: [aProcess(service, { metrics: seen(parseSamples(before)), later: seen(parseSamples(later)) })],
});
