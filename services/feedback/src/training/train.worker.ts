import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createDataSource } from '@handoff/store';
import { CaseBookWriter } from '../model/case-book.js';
import { trainLive } from '../model/live-model.js';
import { liveCases } from '../store/live-cases.js';
import { judgeModels } from './judge-models.js';
import type { TrainingTask } from './training-task.js';

/** Of this thread alone, on Linux: consumers and requests go first. */
setPriority(19);

const { databaseUrl: url, schema, work } = workerData as TrainingTask; // by Trainer alone
const source = await createDataSource({ url, schema, migrations: [], poolSize: 1 }).initialize();
try {
  parentPort?.postMessage(work.kind === 'train' ? await train(work.fewest) : await judgeModels(source.manager));
} finally {
  await source.destroy();
}

async function train(fewest: number) {
  const learned = new CaseBookWriter();
  for await (const it of liveCases(source.manager)) learned.add(it);
  return learned.cases.length < fewest ? null : trainLive(learned);
}
