import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';

/** The rules that label are no settings, but a table in domain/judge-escalation.ts. */
export class FeedbackConfig extends ServiceConfig {
  /** Feedback is promised within seconds. */
  override readonly CONSUME_REST_MS: number = 200;
  /** How long a decided handoff is kept as an example. They are what a model learns from, so 0, for good, unless you say otherwise. */
  @IsHandoffDays() readonly EXAMPLE_DAYS: number = 0;
}
