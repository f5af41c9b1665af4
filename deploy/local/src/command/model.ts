import { InvalidArgumentError, Option, type Command } from 'commander';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../home.js';
import type { DrawnTarget } from '../model/draw-model.js';
import { rollBack, showHistory } from '../model/models-command.js';
import type { AddCommand } from './add-command.js';
import { findInstallation } from './installation.js';
import { UsageError, type Env, type Io } from './io.js';
import { JSON_OPTION } from './words.js';

type Context = Pick<Io, 'print' | 'log'>;

/** Where decision points are; feedback's commands have it. */
type CaseSource = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'live'; readonly databaseUrl: string };

interface FromWords {
  readonly data?: string;
  readonly live?: boolean;
}
interface JsonWords {
  readonly json?: boolean;
}
interface StreamWords extends FromWords, JsonWords {
  readonly failure: number;
  readonly look: number;
  readonly audit: number;
  readonly seed: number;
  readonly shuffled?: boolean;
}

type Asked<Words> = Omit<Words, keyof FromWords | keyof JsonWords> & { readonly from: CaseSource };

interface FeedbacksOwn {
  trainCommand(asked: Asked<{ readonly out: string }>, context: Context): Promise<number>;
  evaluateCommand(asked: Asked<{ readonly model: string }> & { readonly isJson: boolean }, context: Context): Promise<number>;
  streamCommand(asked: Asked<StreamWords> & { readonly isShuffled: boolean; readonly isJson: boolean }, context: Context): Promise<number>;
  reportCommand(
    asked: Asked<{ readonly model?: string; readonly out?: string }>,
    context: Context & { readonly draw: (figures: DrawnTarget) => string },
  ): Promise<number>;
}

export const addModel: AddCommand = (program, { io, endWith }) => {
  const model = program
    .command('model')
    .description('what is learned of when to ask: from files of decision points, and from what people have said of handoffs');
  learnt(model, 'train', 'learns, and keeps it as a model; the same cases give the same model')
    .requiredOption('--out <file>', 'where the model is written')
    .action((words: FromWords & { readonly out: string }) =>
      endWith(ask(io, words, (own, from) => own.trainCommand({ ...words, from }, io))),
    );
  learnt(model, 'evaluate', 'what a model says, beside what came of it')
    .requiredOption('--model <file>', 'a model that was trained')
    .option(...JSON_OPTION)
    .action(({ json: isJson = false, ...words }: FromWords & JsonWords & { readonly model: string }) =>
      endWith(ask(io, words, (own, from) => own.evaluateCommand({ ...words, from, isJson }, io))),
    );
  learnt(model, 'stream', 'what asking costs as it learns: cases one by one, and heard of are those asked about and those audited')
    .option('--failure <price>', 'of a task that failed as its agent went on alone', price, 1)
    .option('--look <price>', 'of a person’s look', price, 0.2)
    .option('--audit <share>', 'of those not asked about that are looked at afterwards', price, 0.05)
    .option('--seed <number>', 'draws the audits', price, 1)
    .option('--shuffled', 'in an order that the seed draws, and not in which they stand or came')
    .option(...JSON_OPTION)
    .action(({ json: isJson = false, shuffled: isShuffled = false, ...words }: StreamWords) =>
      endWith(ask(io, words, (own, from) => own.streamCommand({ ...words, from, isShuffled, isJson }, io))),
    );
  learnt(model, 'report', 'how well it is told, as a page with plots; without a model by models that saw nothing of a case’s group')
    .option('--model <file>', 'a model that has not learned from these cases')
    .option('--out <folder>', 'writes MODEL.md and images/model-*.svg there')
    .action((words: FromWords & { readonly model?: string; readonly out?: string }) =>
      endWith(ask(io, words, async (own, from) => own.reportCommand({ ...words, from }, { ...io, draw: await drawing() }))),
    );
  model
    .command('history')
    .description('the models of the running installation: which one answers, and what became of each, by whom and why')
    .option(...JSON_OPTION)
    .action(({ json: isJson = false }: JsonWords) => endWith(showHistory(io, isJson)));
  model
    .command('rollback')
    .description('one step: the model before the one that answers, or the rule where there was none; kept with your name')
    .requiredOption('--why <words>', 'is kept with it, in at most 500 characters')
    .action(({ why }: { readonly why: string }) => endWith(rollBack(io, why)));
};

const learnt = (model: Command, name: string, about: string): Command =>
  model
    .command(name)
    .description(about)
    .addOption(new Option('--data <file>', 'decision points, as JSON Lines, gzip or not').conflicts('live'))
    .option('--live', 'in place of a file: what has been said of the handoffs of the installation at DATABASE_URL');

/** A command of feedback's, on the cases that are meant. */
async function ask(io: Io, words: FromWords, command: (own: FeedbacksOwn, from: CaseSource) => Promise<number>): Promise<number> {
  const from = await sourceOf(words, io.env);
  return command(await feedbacksOwn(), from);
}

async function sourceOf({ data: file, live }: FromWords, env: Env): Promise<CaseSource> {
  if (file !== undefined) return { kind: 'file', file };
  if (!live) throw new UsageError('Which cases? Name a file with --data FILE, or say --live.');
  const { databaseUrl } = await findInstallation(env);
  if (databaseUrl === null)
    throw new UsageError('Set DATABASE_URL to the address of the installation’s database, or of feedback’s part of it.');
  return { kind: 'live', databaseUrl };
}

/** The plots are drawn here, so that no service carries the means for it; they are loaded only where they are needed. */
const drawing = async (): Promise<(figures: DrawnTarget) => string> => (await import('../model/draw-model.js')).drawModel;

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
