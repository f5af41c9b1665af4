import { fault, isJsonObject, OPERATOR, type ServiceClaims } from '@handoff/contracts';
import { ANYBODY, CallableBy, Caller, numberIn, Problem, ServiceTokenGuard, valueOrProblem, type Query } from '@handoff/runtime';
import { inTransaction } from '@handoff/store';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { costsFor, readCosts } from '../domain/costs.js';
import { FeedbackConfig } from '../feedback.config.js';
import { thresholdOf } from '../model/choose-advice.js';
import { readHealth } from '../store/model-health.js';
import { findModel, listModels, lockModels, modelEvents, promote, rollBack } from '../store/models.js';
import { Trainer } from '../training/trainer.js';

const MOST_EVENTS = 200;

/** The models and their history; the door for people is notifier's. */
@Controller('v1/models')
@UseGuards(ServiceTokenGuard)
@CallableBy('lead', 'admin', OPERATOR)
export class ModelsController {
  /** From which probability on advice is to ask, where a domain or a level has no price of its own. */
  private readonly threshold: number;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Trainer) private readonly trainer: Trainer,
    @Inject(FeedbackConfig) { ADVICE_COSTS }: FeedbackConfig,
  ) {
    this.threshold = thresholdOf(costsFor(valueOrProblem(readCosts(ADVICE_COSTS)), '', '')); // found right at the start
  }

  @Get()
  @CallableBy(...ANYBODY)
  async list(@FromQuery() query: Query) {
    const limit = numberIn(query, 'limit', { or: 20, min: 1, max: 100 });
    // As of one instant: a promotion in between would show a champion that nothing tells of.
    const { items, events, health } = await this.source.transaction('REPEATABLE READ', async (db) => ({
      items: await listModels(db, limit),
      events: await modelEvents(db, MOST_EVENTS),
      health: await readHealth(db),
    }));
    const inState = (state: string): string | null => items.find((it) => it.state === state)?.version ?? null;
    return { champion: inState('champion'), shadow: inState('shadow'), threshold: this.threshold, health, items, events };
  }

  @Get(':version')
  @CallableBy(...ANYBODY)
  async show(@Param('version') version: string) {
    const db = this.source.manager;
    const found = await findModel(db, version);
    if (!found) throw notFound(version);
    return { ...found, events: await modelEvents(db, MOST_EVENTS, version) };
  }

  @Post(':version/promote')
  @HttpCode(200)
  async promote(@Param('version') version: string, @Caller() { subject: by }: ServiceClaims, @Body() body: unknown) {
    const why = whyIn(body);
    return inTransaction(this.source, async (db) => {
      await lockModels(db);
      if (!(await findModel(db, version))) throw notFound(version);
      await promote(db, version, { by, why });
      return { version };
    });
  }

  /** One step: the model before this one answers again, or the rule where there was none. */
  @Post('rollback')
  @HttpCode(200)
  async rollback(@Caller() { subject: by }: ServiceClaims, @Body() body: unknown) {
    const why = whyIn(body);
    return inTransaction(this.source, async (db) => {
      await lockModels(db);
      const version = await rollBack(db, { by, why });
      if (version === undefined) throw new Problem(409, 'no_model', 'No model answers, so there is none to be rolled back.');
      return { version };
    });
  }

  @Post('train')
  @HttpCode(200)
  @CallableBy('admin', OPERATOR)
  async train(@Caller() { subject: by }: ServiceClaims) {
    const version = await this.trainer.trainNow(by, 'Asked for.');
    if (version === undefined) throw new Problem(409, 'training', 'Another replica is training. Look again shortly.');
    if (version === null)
      throw new Problem(
        409,
        'nothing_new',
        'Too few labelled handoffs to learn from (MODEL_FEWEST_EXAMPLES), or none since the last training.',
      );
    return { version };
  }
}

const notFound = (version: string): Problem => new Problem(404, 'not_found', `There is no model "${version.slice(0, 64)}".`);

function whyIn(body: unknown): string {
  const why = isJsonObject(body) ? body['why'] : undefined;
  if (typeof why === 'string' && why.trim() !== '' && why.length <= 500) return why;
  throw Problem.invalid([fault('why', 'missing', 'why says why, in at most 500 characters; it is kept with the model.')]);
}
