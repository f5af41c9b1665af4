import type { Fault } from './fault.js';

export const rollingRestart: Fault = {
  name: 'rolling-restart',
  describe: 'every process is asked to end and started again, one after the other, as a release does it',
  short: 0,
  full: 3,
  recoversWithinMs: 5000,
  toldWithinMs: 5000,
  async inject({ crew }) {
    for (const replica of crew.all()) {
      await crew.stop(replica);
      await crew.start(replica);
    }
    return { times: crew.all().length, mendedAt: Date.now() };
  },
};
