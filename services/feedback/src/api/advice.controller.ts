import { AGENT, newId, validate, type AgentId, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { askByRule } from '../domain/ask-by-rule.js';
import { costsFor, readCosts, type DeclaredCosts } from '../domain/costs.js';
import { hardLimit } from '../domain/hard-limit.js';
import { FeedbackConfig } from '../feedback.config.js';
import { advices } from '../feedback.metrics.js';
import { chooseAdvice, thresholdOf } from '../model/choose-advice.js';
import { Models } from '../models.js';
import { keepAdvice } from '../store/advices.js';
import { AdviceBody } from './advice-body.js';
import { readQuestion } from './read-question.js';

/** Ask a person, or go on alone? The door for agents is intake's. */
@Controller('v1/advice')
@UseGuards(ServiceTokenGuard)
@CallableBy(AGENT)
export class AdviceController {
  private readonly declared: DeclaredCosts;

  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Models) private readonly models: Models,
    @Inject(FeedbackConfig) { ADVICE_COSTS }: FeedbackConfig,
  ) {
    this.declared = valueOrProblem(readCosts(ADVICE_COSTS)); // found right at the start
  }

  @Post()
  @HttpCode(200)
  async advise(@Caller() { subject, tenant }: ServiceClaims, @Body() body: unknown) {
    const question = valueOrProblem(readQuestion(valueOrProblem(validate(AdviceBody, body)), subject));
    const { taskId, domain, level, reason, authority, confidence, moment } = question;
    const costs = costsFor(this.declared, domain, level);
    const limit = hardLimit(reason, authority);
    const { champion, shadow } = await this.models.answering(this.source.manager);
    const said = champion?.say(moment, domain, thresholdOf(costs));
    const advice = chooseAdvice(said ? { kind: 'said', ...said } : { kind: 'no-model' }, {
      costs,
      limit,
      byRule: (threshold) => askByRule(reason, confidence, threshold),
    });
    const adviceId = newId();
    const version = champion?.version ?? null;
    const challenger = shadow && { version: shadow.version, ...shadow.say(moment, domain, thresholdOf(costs)) };
    await keepAdvice(this.source.manager, {
      adviceId,
      tenant,
      agentId: subject as AgentId,
      taskId,
      domain,
      advice,
      version,
      shadow: challenger,
    });
    advices.inc({ ask: String(advice.ask), by: limit !== null ? 'limit' : advice.certified ? 'model' : 'rule' });
    return { advice_id: adviceId, ...advice, model_version: version };
  }
}
