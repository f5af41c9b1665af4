import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';
import type { JourneySystem } from './journey-system.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

/** `npm run handoff -- …` as an operator of this system, without its looking whether the build is new. */
export function runHandoff(system: JourneySystem, words: string): Promise<Ran> {
  const env = { PATH: process.env['PATH'], HANDOFF_HOME: system.home, HANDOFF_OPERATOR: 'olga' };
  const args = [join(REPOSITORY, 'deploy/local/dist/bin/handoff.js'), ...words.split(' ').filter(Boolean)];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, out, said) => resolve({ code: Number(error?.code ?? 0), out, said }));
  });
}
