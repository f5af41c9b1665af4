import { InvalidArgumentError } from 'commander';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../home.js';
import type { DrawnTarget } from '../model/draw-model.js';
import type { AddCommand } from './add-command.js';
import type { Io } from './io.js';
import { JSON_OPTION } from './words.js';

type Context = Pick<Io, 'print' | 'log'>;

interface StreamWords {
  readonly data: string;
  readonly failure: number;
  readonly look: number;
  readonly audit: number;
  readonly seed: number;
}

interface ReportWords {
  readonly data: string;
  readonly model?: string;
  readonly out?: string;
}

interface FeedbacksOwn {
  trainCommand(asked: { readonly data: string; readonly out: string }, context: Context): Promise<number>;
  evaluateCommand(asked: { readonly model: string; readonly data: string; readonly isJson: boolean }, context: Context): Promise<number>;
  streamCommand(asked: StreamWords & { readonly isShuffled: boolean; readonly isJson: boolean }, context: Context): Promise<number>;
  reportCommand(asked: ReportWords, context: Context & { readonly draw: (figures: DrawnTarget) => string }): Promise<number>;
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
  model
    .command('stream')
    .description('what asking costs as it learns: cases one by one, and heard of are those asked about and those audited')
    .requiredOption(...data)
    .option('--failure <price>', 'of a task that failed as its agent went on alone', price, 1)
    .option('--look <price>', 'of a person’s look', price, 0.2)
    .option('--audit <share>', 'of those not asked about that are looked at afterwards', price, 0.05)
    .option('--seed <number>', 'draws the audits', price, 1)
    .option('--shuffled', 'in an order that the seed draws, and not in the file’s')
    .option(...JSON_OPTION)
    .action(({ json: isJson = false, shuffled: isShuffled = false, ...words }: StreamWords & { json?: boolean; shuffled?: boolean }) =>
      endWith(feedbacksOwn().then((it) => it.streamCommand({ ...words, isShuffled, isJson }, io))),
    );
  model
    .command('report')
    .description('how well it is told, as a page with plots; without a model by models that saw nothing of a case’s group')
    .requiredOption(...data)
    .option('--model <file>', 'a model that has not learned from these data')
    .option('--out <folder>', 'writes MODEL.md and images/model-*.svg there')
    .action((words: ReportWords) => endWith(report(words, io)));
};

/** The plots are drawn here, so that no service carries the means for it; they are loaded only where they are needed. */
async function report(words: ReportWords, io: Io): Promise<number> {
  const [{ reportCommand }, { drawModel }] = await Promise.all([feedbacksOwn(), import('../model/draw-model.js')]);
  return reportCommand(words, { ...io, draw: drawModel });
}

function price(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('Write a number that is not below 0.');
  return value;
}

/** Nothing may import a service, so its commands are loaded from its build by their place; their types are said here. */
async function feedbacksOwn(): Promise<FeedbacksOwn> {
  const [model, stream, report] = await Promise.all([load('model-command'), load('stream-command'), load('report-command')]);
  return { ...model, ...stream, ...report } as FeedbacksOwn; // as feedback's build has them
}

const load = (name: string): Promise<object> =>
  import(pathToFileURL(join(REPOSITORY, `services/feedback/dist/src/cli/${name}.js`)).href) as Promise<object>;
