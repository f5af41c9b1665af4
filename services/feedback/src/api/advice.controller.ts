import { AGENT, validate, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { askByRule } from '../domain/ask-by-rule.js';
import { costsFor, readCosts } from '../domain/costs.js';
import { hardLimit } from '../domain/hard-limit.js';
import { readQuestion } from './read-question.js';
import { FeedbackConfig } from '../feedback.config.js';
import { chooseAdvice } from '../model/choose-advice.js';
import { AdviceBody } from './advice-body.js';

/** Ask a person, or go on alone? The door for agents is intake's. */
@Controller('v1/advice')
@UseGuards(ServiceTokenGuard)
@CallableBy(AGENT)
export class AdviceController {
  constructor(@Inject(FeedbackConfig) private readonly config: FeedbackConfig) {}

  @Post()
  @HttpCode(200)
  advise(@Caller() { subject }: ServiceClaims, @Body() body: unknown) {
    const { domain, level, reason, authority, confidence } = valueOrProblem(
      readQuestion(valueOrProblem(validate(AdviceBody, body)), subject),
    );
    const costs = costsFor(valueOrProblem(readCosts(this.config.ADVICE_COSTS)), domain, level);
    const advice = chooseAdvice(
      { kind: 'no-model' },
      { costs, limit: hardLimit(reason, authority), byRule: (threshold) => askByRule(reason, confidence, threshold) },
    );
    return { ...advice, model_version: null };
  }
}
