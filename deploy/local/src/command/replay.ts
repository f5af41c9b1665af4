import { join } from 'node:path';
import { REPOSITORY } from '../home.js';
import type { AddCommand } from './add-command.js';
import type { Io } from './io.js';
import { routingsOwn } from './routings-own.js';
import { JSON_OPTION } from './words.js';

interface ReplayWords {
  readonly data: string;
  readonly policy: string;
  readonly out?: string;
  readonly json?: boolean;
}

export const addReplay: AddCommand = (program, { io, endWith }) => {
  program
    .command('replay')
    .description('what a policy would have done with the cases of incident logs; nothing is sent')
    .option('--data <path>', 'a log, or a folder of them', join(REPOSITORY, '../shared/data'))
    .option('--policy <file>', 'whose levels are the support lines', join(REPOSITORY, 'deploy/local/replay.yaml'))
    .option('--out <folder>', 'writes REPLAY.md and images/replay.svg there')
    .option(...JSON_OPTION)
    .action((words: ReplayWords) => endWith(replay(words, io)));
};

/** The plot is drawn here, so that no service carries the means for it; they are loaded only where they are needed. */
async function replay({ json: isJson = false, ...words }: ReplayWords, { print, log }: Io): Promise<number> {
  const [{ replayCommand }, { drawReplay }] = await Promise.all([routingsOwn(), import('../replay/draw-replay.js')]);
  return replayCommand({ ...words, isJson }, { print, log, draw: drawReplay });
}
