import { minutes, type Seconds } from '@handoff/contracts';

/**
 * Wait before the next attempt: a uniform draw under a doubling ceiling ("full jitter"), so that consumers
 * recovering from one outage do not return in step. Source: M. Brooker, "Exponential Backoff And Jitter", 2015.
 * @param attempt attempts already made; 1 before the first retry
 * @returns seconds, never above `ceiling`
 * @throws RangeError when `attempt` is below 1
 */
export function retryDelay(attempt: number, ceiling: Seconds = minutes(5), random: () => number = Math.random): Seconds {
  if (attempt < 1) throw new RangeError(`retryDelay counts attempts from 1, got ${attempt}`);
  return random() * Math.min(ceiling, 0.2 * 2 ** Math.min(attempt - 1, 30));
}
