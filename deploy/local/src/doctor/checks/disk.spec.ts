import { describe, expect, it } from '@jest/globals';
import { aPostgres, aProcess, down, seen, whatIsSeen } from '../seen.for-spec.js';
import { disk } from './disk.js';

describe('the disk', () => {
  it('is well where there is room and writes go through', () => {
    expect(disk.judge(whatIsSeen())).toEqual([]);
  });

  it('pages where little of it is free', () => {
    expect(disk.judge(whatIsSeen({ disk: seen({ path: '/data', freeBytes: 3e8, bytes: 1e11 }) }))).toMatchObject([
      { severity: 'page', part: 'disk', saw: '0.30 of 100.00 GB are free where /data is.', runbook: 'handoff-disk-full' },
    ]);
  });

  it('pages where Postgres’ own disk is small and nearly full', () => {
    const judge = (freeBytes: number) =>
      disk.judge(whatIsSeen({ postgres: seen(aPostgres({ disk: { path: '/pg', freeBytes, bytes: 7e8 } })) }));
    expect(judge(2e8)).toEqual([]);
    expect(judge(0)).toMatchObject([{ part: 'postgres', figures: { free_bytes: 0 } }]);
  });

  it('pages where Postgres cannot write, unless it may not', () => {
    const notWritten = 'could not extend file "base/16384/t3": No space left on device';
    expect(disk.judge(whatIsSeen({ postgres: seen(aPostgres({ notWritten })) }))).toMatchObject([{ part: 'postgres' }]);
    expect(disk.judge(whatIsSeen({ postgres: seen(aPostgres({ notWritten, isReadOnly: true })) }))).toEqual([]);
  });

  it('pages where a service says that it waits for room', () => {
    const ready = down('kafka', 'consuming is paused: could not extend file: No space left on device');
    expect(disk.judge(whatIsSeen({ processes: [aProcess('intake', { ready })] }))).toMatchObject([{ part: 'intake' }]);
  });
});
