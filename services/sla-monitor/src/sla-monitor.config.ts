import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { IsInt, Max, Min } from 'class-validator';
import type { Waits } from './domain/watch.js';

const LONGEST_IDLE_SECONDS = 30;
/** What is due later needs no word to the others, who all look before; with room for a transaction that takes its time. */
export const TOLD_WITHIN_SECONDS = LONGEST_IDLE_SECONDS + 15;

export class SlaMonitorConfig extends ServiceConfig {
  /** Clocks are of minutes. */
  override readonly CONSUME_REST_MS: number = 100;
  /** How long an ended handoff is kept; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long routing has to say whom it asks, after an acceptance and after a breach. */
  @IsInt() @Min(1) @Max(3600) readonly ROUTE_BY_SECONDS: number = 60;
  /** How long a level's windows wait for the agent's answer to a question, at most; each level waits once. */
  @IsInt() @Min(1) @Max(86_400) readonly INFO_WAIT_SECONDS: number = 900;
  /** Longest sleep between looks; the next due clock, or one just armed, wakes the poller earlier. */
  @IsInt() @Min(1) @Max(LONGEST_IDLE_SECONDS) readonly CLOCK_IDLE_SECONDS: number = 5;
}

/** What the choices need of it. */
export const waitsOf = ({ ROUTE_BY_SECONDS, INFO_WAIT_SECONDS }: SlaMonitorConfig): Waits => ({
  routeBy: ROUTE_BY_SECONDS,
  info: INFO_WAIT_SECONDS,
});
