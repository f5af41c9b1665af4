import { days, handoffDecisions } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';
import { IsHandoffDays, LEAST_HANDOFF_DAYS } from './kept-days.js';

class Config {
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
}

describe('how long ended handoffs are kept', () => {
  it('is longer than Kafka keeps the last word about them, by more than a segment', () => {
    expect(days(LEAST_HANDOFF_DAYS)).toBeGreaterThan((handoffDecisions.retention ?? 0) + days(7));
  });

  it.each(['0', '40', '90', '36500'])('may be %s days', (given) => {
    expect(loadConfig(Config, { HANDOFF_DAYS: given }).HANDOFF_DAYS).toBe(Number(given));
  });

  it.each(['39', '1', '-1', '90.5', '36501', 'x'])('stops the start where it is %s', (given) => {
    const load = () => loadConfig(Config, { HANDOFF_DAYS: given });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/HANDOFF_DAYS must be 0 \(kept for good\) or a whole number from 40 to 36500: an ended handoff has to be kept/);
  });
});
