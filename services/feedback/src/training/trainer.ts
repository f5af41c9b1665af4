import { LOGGER, schemaOf, type Background, type Logger } from '@handoff/runtime';
import { databaseNow, inTransaction, isConnectionFault, rows, type EntityManager } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FeedbackConfig } from '../feedback.config.js';
import { trainingSeconds } from '../feedback.metrics.js';
import { hasExamples, newestTaughtAt } from '../store/live-cases.js';
import { keepHealth, readHealth } from '../store/model-health.js';
import { addChallenger, keepComparison, lockModels, modelIn, newestTrainingAt, promote, rollBack, type Reason } from '../store/models.js';
import { startJudging, startTraining, type Running } from './run-worker.js';
import type { Judged } from './training-task.js';

const LOOK_EVERY_MS = 15_000;
/** Judging rests so many times as long as it took: under load, where something more is known at each look, it would never end. */
const REST = 10;
/** A challenger is compared again once there are so many times as many later cases: a look at each of them would find luck. */
const MORE_CASES = 1.5;

/**
 * Trains when it is due, judges where more is known, promotes and rolls back; one replica at a time. What takes long is done in a thread
 * of its own.
 */
@Injectable()
export class Trainer implements Background {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<unknown> = Promise.resolve();
  private running: Running<unknown> | null = null;
  private stopped = false;
  /** The newest of what teaches when it was trained last by the schedule: the same would teach the same. */
  private taughtBy: Date | null = null;
  /** By `performance.now()`. */
  private restsUntil = 0;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(FeedbackConfig) private readonly config: FeedbackConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.inTurn(() => this.look()), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running?.stop();
    await this.working;
  }

  /**
   * Trains now, whatever the schedule says, and judges what came of it.
   * @returns the version; null where too little is labelled, or the same was learned before; undefined where another replica is at it
   */
  async trainNow(by: string, why: string): Promise<string | null | undefined> {
    return this.inTurn(() =>
      this.alone(async () => {
        const version = await this.train({ by, why });
        await this.judge();
        return version;
      }),
    );
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.working.then(work);
    this.working = done.catch(() => undefined); // told to whoever asked
    return done;
  }

  private async look(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.alone(async () => {
        await this.trainIfDue();
        if (await this.isJudgingDue()) await this.judge();
      });
    } catch (error) {
      if (this.stopped) return;
      this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, 'Models were not looked at; it is tried again in 15 seconds');
    }
  }

  private async trainIfDue(): Promise<void> {
    const { MODEL_TRAIN_HOURS: hours, MODEL_FEWEST_EXAMPLES: fewest } = this.config;
    if (hours === 0) return;
    const db = this.source.manager;
    const [now, last, newest] = [await databaseNow(db), await newestTrainingAt(db), await newestTaughtAt(db)];
    if (last !== null && now.getTime() - last.getTime() < hours * 3_600_000) return;
    if (newest === null || (this.taughtBy !== null && newest <= this.taughtBy) || !(await hasExamples(db, fewest))) return;
    await this.train({ by: 'schedule', why: `MODEL_TRAIN_HOURS is ${hours}.` });
    this.taughtBy = newest;
  }

  private async isJudgingDue(): Promise<boolean> {
    if (performance.now() < this.restsUntil) return false;
    const db = this.source.manager;
    const newest = await newestTaughtAt(db);
    const until = (await readHealth(db))?.judged_until ?? null;
    if (newest === null || (until !== null && newest <= until)) return false;
    return (await modelIn(db, 'champion')) !== null || (await modelIn(db, 'shadow')) !== null;
  }

  private async train(reason: Reason): Promise<string | null> {
    const began = performance.now();
    const trained = await this.run(startTraining(this.place, this.config.MODEL_FEWEST_EXAMPLES));
    if (trained === null) return null;
    const seconds = (performance.now() - began) / 1000;
    trainingSeconds.set(seconds);
    const { version } = trained.model;
    const isNew = await this.change((db) => addChallenger(db, trained, seconds, reason));
    if (!isNew) return null;
    this.log.info({ version, cases: trained.model.data.cases, seconds }, 'A model was trained, and is the challenger');
    return version;
  }

  private async judge(): Promise<void> {
    const newest = await newestTaughtAt(this.source.manager);
    if (newest === null) return;
    const began = performance.now();
    const judged = await this.run(startJudging(this.place));
    this.restsUntil = performance.now() + REST * (performance.now() - began);
    await this.change((db) => this.act(db, judged, newest));
  }

  private async act(db: EntityManager, { champion, challenger }: Judged, newest: Date): Promise<void> {
    await keepHealth(db, champion, newest);
    const reigning = await modelIn(db, 'champion');
    if (champion && champion.drift.isOff && reigning?.version === champion.version) await this.takeBack(db, champion);
    const shadow = await modelIn(db, 'shadow');
    if (!challenger || shadow?.version !== challenger.version || challenger.comparison.cases < MORE_CASES * shadow.compared_cases) return;
    await keepComparison(db, challenger.version, challenger.comparison);
    if (challenger.comparison.verdict !== 'better') return;
    const against = challenger.against ?? 'the share that failed before';
    const why = `Better than ${against}, beyond noise, on the same ${challenger.comparison.cases} later cases.`;
    await promote(db, challenger.version, { by: 'comparison', why, evidence: challenger.comparison });
    this.log.info({ version: challenger.version, why }, 'A model was promoted');
  }

  private async takeBack(db: EntityManager, { version, drift, cases }: NonNullable<Judged['champion']>): Promise<void> {
    const why = `Out of calibration on ${cases} later cases: ${drift.statistic.toFixed(1)} standard errors off, where ${drift.bound.toFixed(1)} are allowed.`;
    const earlier = await rollBack(db, { by: 'drift', why, evidence: drift });
    this.log.warn({ version, earlier, why }, 'A model was rolled back; the one before it answers, or the rule');
  }

  private async run<T>(running: Running<T>): Promise<T> {
    this.running = running;
    try {
      return await running.done;
    } finally {
      this.running = null;
    }
  }

  private get place() {
    return { databaseUrl: this.config.DATABASE_URL, schema: schemaOf('feedback') };
  }

  private change<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return inTransaction(this.source, async (db) => {
      await lockModels(db);
      return work(db);
    });
  }

  /** Of all replicas one; undefined where another is at it. The lock is the connection's, and ends with it. */
  private async alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    const runner = this.source.createQueryRunner();
    const key = `hashtextextended('handoff training ' || current_schema(), 0)`;
    try {
      const [got] = await rows<{ held: boolean }>(runner.manager, `SELECT pg_try_advisory_lock(${key}) AS held`);
      if (got?.held !== true) return undefined;
      try {
        return await work();
      } finally {
        await rows(runner.manager, `SELECT pg_advisory_unlock(${key})`);
      }
    } finally {
      await runner.release();
    }
  }
}
