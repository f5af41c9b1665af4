/** The load generator: agents, the person and her endpoint, in a process of its own, so that what they cost is told apart. */
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { handoffDelegations, handoffEscalations, handoffTransfers } from '@handoff/contracts';
import type { Consumer, Producer } from 'kafkajs';
import { kafkaAt, listen, startSubmitter, work, type Submitter } from './agent-side.js';
import { DeskDoor } from './desk-door.js';
import { columnOf, LATENCIES, Lifecycles, receiveWebhooks, type Copy } from './lifecycles.js';
import { measureLimits } from './limits.js';
import type { Answer, Latency, Level, LevelResult, LifecycleKind, Order, Place } from './orders.js';
import { delegations, escalations, transfers } from './packets.js';
import { percentiles, round, type Percentiles } from './percentiles.js';
import { cpuSeconds, memory } from './processes.js';

/** Longest wait for what is still in flight when a level ends. */
const DRAIN_SECONDS = 30;
const ME = { generator: process.pid };

interface Connected {
  readonly place: Place;
  readonly lifecycles: Lifecycles;
  readonly submitter: Submitter;
  readonly producer: Producer;
  readonly consumers: readonly Consumer[];
  readonly desk: DeskDoor;
  readonly receiver: Server;
}

async function connect(place: Place): Promise<Connected> {
  const lifecycles = new Lifecycles();
  const stop = (error: Error): void => lifecycles.stopBecause(error);
  const desk = await DeskDoor.signIn(place.signInLink);
  const answer = ({ handoffId, taskId, packetVersion }: Copy): void => {
    if (!lifecycles.saw(taskId, 'notifiedAt')) return; // sent again: it was answered before
    lifecycles.saw(taskId, 'answeredAt');
    desk.approve(handoffId, packetVersion).catch(stop);
  };
  const kafka = kafkaAt(place.brokers);
  const receiver = await receiveWebhooks(place.receiverPort, answer);
  const consumer = await listen(kafka, place.topicPrefix, lifecycles);
  const [submitter, producer] = await startSubmitter(kafka, place.topicPrefix, stop);
  const worker = await work(kafka, place.topicPrefix, submitter, lifecycles);
  return { place, lifecycles, submitter, producer, consumers: [consumer, worker], desk, receiver };
}

const SOURCES = {
  escalation: [escalations, handoffEscalations],
  delegation: [delegations, handoffDelegations],
  transfer: [transfers, handoffTransfers],
} as const satisfies Record<LifecycleKind, unknown>;

/** Keeps as many in flight as the level says: a new one begins when one is over. */
async function run({ place, lifecycles, submitter }: Connected, level: Level): Promise<LevelResult> {
  const [source, topic] = SOURCES[level.kind];
  const packets = source();
  let isOver = false;
  const worker = async (): Promise<void> => {
    while (!isOver) {
      const { taskId, value } = packets.next();
      await lifecycles.begin(taskId, () => submitter.submit(topic, taskId, value));
    }
  };
  const workers = Promise.all(Array.from({ length: level.concurrency }, worker));
  await Promise.race([sleep(level.warmUpSeconds * 1000), workers]);
  lifecycles.take();
  const begun = { at: performance.now(), cpu: cpuSeconds(place.pids), own: cpuSeconds(ME) };
  await Promise.race([sleep(level.seconds * 1000), workers]);
  const seconds = (performance.now() - begun.at) / 1000;
  const [latencies, cpu, own] = [lifecycles.take(), cpuSeconds(place.pids), cpuSeconds(ME)];
  const [rssMb, ownMemory] = [memory(place.pids), memory(ME)];
  isOver = true;
  await drained(workers, lifecycles);
  if (latencies.length === 0) throw new Error(`No lifecycle was completed within ${level.seconds} s; look at the services' logs.`);
  const per1000 = (used: number): number => round((used / latencies.length) * 1000, 3);
  return {
    lifecycles: latencies.length,
    perSecond: round(latencies.length / seconds, 1),
    latency: Object.fromEntries(LATENCIES.map((name) => [name, percentiles(columnOf(latencies, name))])) as Record<Latency, Percentiles>, // every one of them
    cpuPer1000: Object.fromEntries(Object.keys(cpu).map((name) => [name, per1000((cpu[name] ?? 0) - (begun.cpu[name] ?? 0))])),
    rssMb,
    generator: { cpuPer1000: per1000((own['generator'] ?? 0) - (begun.own['generator'] ?? 0)), rssMb: ownMemory['generator'] ?? 0 },
  };
}

async function drained(workers: Promise<unknown>, lifecycles: Lifecycles): Promise<void> {
  const late = sleep(DRAIN_SECONDS * 1000, 'late' as const, { ref: false });
  if ((await Promise.race([workers, late])) === 'late')
    throw new Error(`${lifecycles.inFlight()} lifecycles were not over ${DRAIN_SECONDS} s after the level's end; something was lost.`);
}

async function disconnect({ producer, consumers, desk, receiver }: Connected): Promise<void> {
  desk.close();
  receiver.closeAllConnections();
  receiver.close();
  await Promise.all([producer, ...consumers].map((it) => it.disconnect()));
}

let connected: Connected | null = null;

async function obey(order: Order): Promise<unknown> {
  if (order.kind === 'connect') {
    connected = await connect(order.place);
    return null;
  }
  if (!connected) throw new Error('Not connected yet.');
  if (order.kind === 'run') return run(connected, order.level);
  await disconnect(connected);
  return measureLimits(connected.place, order.seconds);
}

process.on('message', (order: Order) => {
  const answer = (it: Answer): void => void process.send?.(it);
  obey(order).then(
    (result) => answer({ kind: 'done', result }),
    (error: unknown) => answer({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit()); // whoever started it is gone
