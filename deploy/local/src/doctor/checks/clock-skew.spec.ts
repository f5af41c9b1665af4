import { describe, expect, it } from '@jest/globals';
import { parseSamples } from '../samples.js';
import { aPostgres, aProcess, seen, whatIsSeen } from '../seen.for-spec.js';
import { clockSkew } from './clock-skew.js';

const ahead = (aheadSeconds: number) => aProcess('routing', { live: seen({ ok: true, reasons: [], aheadSeconds }) });

describe('clock skew', () => {
  it('is none within what a header’s second and the network explain', () => {
    expect(clockSkew.judge(whatIsSeen({ processes: [ahead(2)] }))).toEqual([]);
  });

  it('is told of a process beside the database', () => {
    expect(clockSkew.judge(whatIsSeen({ processes: [ahead(3600)] }))).toMatchObject([
      {
        part: 'routing at http://routing',
        saw: 'The clock of this process is 3600 s ahead of the database’s.',
        figures: { ahead_seconds: 3600 },
      },
    ]);
  });

  it('is told of a process by its own word, where the date of its answers is right', () => {
    const later = seen(parseSamples('handoff_clock_ahead_seconds{service="intake"} 3599.98'));
    expect(clockSkew.judge(whatIsSeen({ processes: [aProcess('intake', { later })], postgres: null }))).toMatchObject([
      { saw: 'The clock of this process is 3600 s ahead of the database’s.' },
    ]);
  });

  it('is told of the database where it is this machine that agrees with the processes', () => {
    const postgres = seen(aPostgres({ aheadSeconds: -60 }));
    const found = clockSkew.judge(whatIsSeen({ processes: [], postgres }));
    expect(found).toMatchObject([{ part: 'postgres', figures: { ahead_seconds: -60 } }]);
  });

  it('is told of a schema whose clock was moved', () => {
    const schema = { service: 'notifier', schema: 'notifier', missing: [], unknown: 0, clockAheadSeconds: 3600 } as const;
    expect(clockSkew.judge(whatIsSeen({ postgres: seen(aPostgres({ schemas: [schema] })) }))).toMatchObject([{ part: 'schema notifier' }]);
  });

  it('is measured beside this machine where the database is not seen', () => {
    expect(clockSkew.judge(whatIsSeen({ processes: [ahead(-40)], postgres: null }))).toMatchObject([
      { saw: 'The clock of this process is 40 s behind this machine’s.' },
    ]);
  });
});
