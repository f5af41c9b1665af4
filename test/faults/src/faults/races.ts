import type { PlanName } from '../drive/plans.js';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const RACES: readonly PlanName[] = ['race', 'withdraw_race', 'context_race', 'repeat', 'twin'];

export const races: Fault = {
  name: 'races',
  describe: 'many at once: two people answer, an answer against a withdrawal, against new context, the same asked again and again',
  short: 1,
  full: 20,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject({ traffic, isFull }) {
    const times = isFull ? 25 : 8;
    for (let time = 0; time < times; time++) for (const name of RACES) traffic.begin({ name, door: time % 3 === 0 ? 'http' : 'kafka' });
    return { times: times * RACES.length, mendedAt: Date.now() };
  },
};
