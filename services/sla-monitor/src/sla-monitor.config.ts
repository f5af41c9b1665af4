import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsInt, Max, Min } from 'class-validator';

export class SlaMonitorConfig extends ServiceConfig {
  /** Clocks are of minutes. */
  override readonly CONSUME_REST_MS: number = 50;
  /** How long an ended handoff is kept; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long routing has to say whom it asks, after an acceptance and after a breach. */
  @IsInt() @Min(1) @Max(3600) readonly ROUTE_BY_SECONDS: number = 60;
  /** Longest sleep between looks; the next due clock, or one just armed, wakes the poller earlier. */
  @IsInt() @Min(1) @Max(30) readonly CLOCK_IDLE_SECONDS: number = 5;
}
