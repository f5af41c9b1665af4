import { setTimeout as sleep } from 'node:timers/promises';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const EVERY_MS = 1000;

/** Each leaves out a level, or gives the levels another time; whatever began before goes on by what it began with. */
const REWRITES: readonly ((text: string) => string)[] = [
  (text) => text.replace(/^ +- \{ name: Team leads, target.*\n/gm, ''),
  (text) => text.replaceAll('decide_within: 4s', 'decide_within: 6s'),
  (text) => text.replaceAll('- { name: Managers, target: { team: managers }', '- { name: Managers, target: { team: managers, ask: 1 }'),
];

export const policyChanged: Fault = {
  name: 'policy-changed',
  describe: 'an administrator applies another policy every second, and puts the first one back',
  short: 1,
  full: 20,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject({ administrator, traffic }) {
    for (const rewrite of REWRITES) {
      traffic.begin({ name: 'late', door: 'kafka' });
      const putBack = await administrator.change(rewrite);
      await sleep(EVERY_MS);
      await putBack();
    }
    return { times: 2 * REWRITES.length, mendedAt: Date.now() };
  },
};
