import { describe, expect, it } from '@jest/globals';
import { aProcess, down, unseen, whatIsSeen } from '../seen.for-spec.js';
import { services } from './services.js';

const judge = (...processes: readonly ReturnType<typeof aProcess>[]) =>
  services.judge(whatIsSeen({ processes: [...whatIsSeen().processes.filter(({ service }) => service !== 'routing'), ...processes] }));

describe('services', () => {
  it('are well where each process lives and is ready', () => {
    expect(judge(aProcess('routing'))).toEqual([]);
  });

  it('page where no process of one answers', () => {
    expect(judge(aProcess('routing', { live: unseen('connect ECONNREFUSED') }))).toMatchObject([
      { severity: 'page', part: 'routing', saw: expect.stringContaining('connect ECONNREFUSED'), runbook: 'handoff-service-absent' },
    ]);
  });

  it('are a ticket where another process of the same does the work', () => {
    expect(judge(aProcess('routing'), aProcess('routing', { url: 'http://two', live: unseen() }))).toMatchObject([
      { severity: 'ticket', part: 'routing at http://two' },
    ]);
  });

  it('say what they wait for, in their own words', () => {
    expect(judge(aProcess('routing', { ready: down('kafka', 'consuming is paused: it is full') }))).toMatchObject([
      { severity: 'page', saw: 'It is not ready: kafka: consuming is paused: it is full.', runbook: 'handoff-consumer-paused' },
    ]);
  });

  it('are to be replaced where they say so themselves', () => {
    expect(judge(aProcess('routing', { live: down('consumer', 'it has stood still for 90 s') }))).toMatchObject([
      { saw: expect.stringContaining('should be replaced'), runbook: 'handoff-consumer-behind' },
    ]);
  });
});
