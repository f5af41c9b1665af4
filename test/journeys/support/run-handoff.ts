import { execFile, spawn } from 'node:child_process';
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
  return new Promise((resolve) => {
    execFile(process.execPath, argsOf(words), { env: envOf(system) }, (error, out, said) =>
      resolve({ code: Number(error?.code ?? 0), out, said }),
    );
  });
}

export interface Running {
  /** What it has printed and said so far. */
  readonly out: () => string;
  readonly said: () => string;
  /** As Ctrl-C would. @returns its exit code */
  readonly interrupt: () => Promise<number | null>;
}

/** The same for a command that goes on until it is told to stop. */
export function startHandoff(system: JourneySystem, words: string): Running {
  const child = spawn(process.execPath, argsOf(words), { env: envOf(system) });
  const [out, said] = [child.stdout, child.stderr].map((stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    return () => text;
  }) as [() => string, () => string];
  const exited = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  return {
    ...{ out, said },
    interrupt: async () => {
      child.kill('SIGINT');
      return exited;
    },
  };
}

const argsOf = (words: string): readonly string[] => [
  join(REPOSITORY, 'deploy/local/dist/bin/handoff.js'),
  ...words.split(' ').filter(Boolean),
];

const envOf = (system: JourneySystem): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HANDOFF_HOME: system.home,
  HANDOFF_OPERATOR: 'olga',
});
