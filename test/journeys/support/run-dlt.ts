import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { SERVICES } from '@handoff/contracts';
import { REPOSITORY } from '@handoff/local';
import type { JourneySystem } from './journey-system.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** `npm run dlt -- …` as an operator of this system, without its looking whether the build is new. */
export function runDlt(system: JourneySystem, words: string): Promise<Ran> {
  const urls = SERVICES.map((service) => [`${service.toUpperCase().replaceAll('-', '_')}_URL`, system.replicasOf(service)[0]]);
  const env = { PATH: process.env['PATH'], HANDOFF_HOME: system.home, HANDOFF_OPERATOR: 'olga', ...Object.fromEntries(urls) };
  const args = [join(REPOSITORY, 'deploy/local/dist/bin/dlt.js'), ...words.split(' ').filter(Boolean)];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, out, said) => resolve({ code: Number(error?.code ?? 0), out, said }));
  });
}
