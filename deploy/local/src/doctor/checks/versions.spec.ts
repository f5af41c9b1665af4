import { describe, expect, it } from '@jest/globals';
import { parseSamples } from '../samples.js';
import { aProcess, seen, whatIsSeen } from '../seen.for-spec.js';
import { versions } from './versions.js';

const running = (service: 'routing' | 'intake', build: string, url: string) =>
  aProcess(service, { url, later: seen(parseSamples(`handoff_build_info{build="${build}"} 1`)) });

describe('versions', () => {
  it('are alike where the processes of each service run one program', () => {
    expect(
      versions.judge(whatIsSeen({ processes: [running('routing', 'a', '1'), running('routing', 'a', '2'), running('intake', 'b', '3')] })),
    ).toEqual([]);
  });

  it('are a ticket where two processes of a service run different ones', () => {
    expect(versions.judge(whatIsSeen({ processes: [running('routing', 'a', '1'), running('routing', 'b', '2')] }))).toMatchObject([
      { severity: 'ticket', part: 'routing', saw: 'The processes of routing run different programs: a at 1, b at 2.' },
    ]);
  });
});
