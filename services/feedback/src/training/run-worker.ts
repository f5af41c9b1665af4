import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LiveModel } from '../model/live-model.js';
import type { Judged, TrainingTask } from './training-task.js';

/** Beside this file; from the bundle of the service; from its sources, as tests run them. */
const PLACES = ['./train.worker.js', '../services/feedback/dist/src/training/train.worker.js', '../../dist/src/training/train.worker.js'];
/** Of 100,000 cases, with room. */
const MOST_MEMORY_MB = 4096;

const fileOf = (): string =>
  PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((it) => existsSync(it)) ?? 'train.worker.js';

export interface Running<T> {
  readonly done: Promise<T>;
  stop(): Promise<void>;
}

export const startTraining = (task: Omit<TrainingTask, 'work'>, fewest: number): Running<LiveModel | null> =>
  run({ ...task, work: { kind: 'train', fewest } });

export const startJudging = (task: Omit<TrainingTask, 'work'>): Running<Judged> => run({ ...task, work: { kind: 'judge' } });

/** In a thread of its own, so that consumers and requests go on. It reads the store by a connection of its own. */
function run<T>(task: TrainingTask): Running<T> {
  const worker = new Worker(fileOf(), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
  const done = new Promise<T>((resolve, reject) => {
    worker.once('message', (message: T) => resolve(message)); // of the kind that was asked for
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The training thread ended without a result.'))); // after a message it changes nothing
  });
  return { done, stop: async () => void (await worker.terminate()) };
}
