import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsInt, IsNumber, IsString, Max, Min, ValidateBy } from 'class-validator';
import { readCosts } from './domain/costs.js';

const IsCosts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isCosts',
    validator: {
      validate: (value) => typeof value === 'string' && readCosts(value).kind === 'ok',
      defaultMessage: () => '$property must be JSON with the prices failure and look, and where wanted domains and levels.',
    },
  });

/** The rules that label are no settings, but a table in domain/judge-escalation.ts. */
export class FeedbackConfig extends ServiceConfig {
  /** Feedback is promised within seconds. */
  override readonly CONSUME_REST_MS: number = 200;
  /** How long a decided handoff is kept as an example. They are what a model learns from, so 0, for good, unless you say otherwise. */
  @IsHandoffDays() readonly EXAMPLE_DAYS: number = 0;
  /** What a failure costs, by domain, and a look of a person, by level: `{"failure": 1, "look": 0.2, "domains": {…}, "levels": {…}}`. */
  @IsString() @IsCosts() readonly ADVICE_COSTS: string = '{"failure": 1, "look": 0.2}';
  /** The chance with which whoever audits is right, at least: what was missed is estimated for it. */
  @IsNumber() @Min(0.6) @Max(1) readonly AUDIT_ACCURACY: number = 0.9;
  /** How often a model is trained on what was labelled; 0: never by itself. */
  @IsInt() @Min(0) @Max(8760) readonly MODEL_TRAIN_HOURS: number = 24;
  /** With fewer labelled handoffs nothing is trained. */
  @IsInt() @Min(50) @Max(1_000_000) readonly MODEL_FEWEST_EXAMPLES: number = 200;
}
