import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../home.js';
import type { AddCommand } from './add-command.js';
import type { Io } from './io.js';
import { JSON_OPTION } from './words.js';

type Context = Pick<Io, 'print' | 'log'>;

interface FeedbacksOwn {
  trainCommand(asked: { readonly data: string; readonly out: string }, context: Context): Promise<number>;
  evaluateCommand(asked: { readonly model: string; readonly data: string; readonly isJson: boolean }, context: Context): Promise<number>;
}

export const addModel: AddCommand = (program, { io, endWith }) => {
  const model = program.command('model').description('what is learned of when to ask, from files of decision points');
  const data = ['--data <file>', 'decision points, as JSON Lines, gzip or not'] as const;
  model
    .command('train')
    .description('learns from a file, and keeps it as a model; the same file gives the same model')
    .requiredOption(...data)
    .requiredOption('--out <file>', 'where the model is written')
    .action((words: { data: string; out: string }) => endWith(feedbacksOwn().then((it) => it.trainCommand(words, io))));
  model
    .command('evaluate')
    .description('what a model says, beside what came of it')
    .requiredOption('--model <file>', 'a model that was trained')
    .requiredOption(...data)
    .option(...JSON_OPTION)
    .action(({ json: isJson = false, ...words }: { model: string; data: string; json?: boolean }) =>
      endWith(feedbacksOwn().then((it) => it.evaluateCommand({ ...words, isJson }, io))),
    );
};

/** Nothing may import a service, so its command is loaded from its build by its place; its types are said here. */
const feedbacksOwn = (): Promise<FeedbacksOwn> =>
  import(pathToFileURL(join(REPOSITORY, 'services/feedback/dist/src/cli/model-command.js')).href) as Promise<FeedbacksOwn>;
