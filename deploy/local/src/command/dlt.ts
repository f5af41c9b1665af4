import { Option, type Command } from 'commander';
import { runDlt } from '../dead-letters/dlt-command.js';
import { dltOptions, STATES, type DltVerb, type DltWords } from '../dead-letters/dlt-options.js';
import type { AddCommand } from './add-command.js';
import { durationIn, JSON_OPTION, serviceOption } from './words.js';

export const addDlt: AddCommand = (program, { io, endWith }) => {
  const dlt = program.command('dlt').description('dead letters: records that a service could not take');
  const ask = async (verb: DltVerb, ids: readonly string[], words: DltWords): Promise<void> =>
    endWith(runDlt(dltOptions(verb, ids, words), io));

  filtered(asked(dlt, 'list', 'those that wait, the oldest first'))
    .addOption(new Option('--state <state>', 'which of them').choices(STATES).default('waiting'))
    .action((words: DltWords) => ask('list', [], words));
  asked(dlt, 'show <id>', 'one with its headers and bytes, made harmless for the terminal').action((id: string, words: DltWords) =>
    ask('show', [id], words),
  );
  settled(dlt, 'replay', 'takes them again, where they died; each at most once').action((ids: string[], words: DltWords) =>
    ask('replay', ids, words),
  );
  settled(dlt, 'dismiss', 'not to be replayed, and no finding any more').action((ids: string[], words: DltWords) =>
    ask('dismiss', ids, words),
  );
};

const asked = (dlt: Command, name: string, about: string): Command =>
  dlt
    .command(name)
    .description(about)
    .addOption(serviceOption())
    .option(...JSON_OPTION);

const filtered = (command: Command): Command =>
  command
    .option('--topic <name>', 'that came from this topic')
    .option('--code <code>', 'that failed with this code')
    .option('--older-than <age>', 'that died before, for example 2h', durationIn)
    .option('--newer-than <age>', 'that died since, for example 30m', durationIn);

const settled = (dlt: Command, verb: DltVerb, about: string): Command =>
  filtered(asked(dlt, `${verb} [ids...]`, about))
    .option('--yes', 'with a filter in place of ids: do it, and not only say how many')
    .option('--as <name>', 'who is kept with it; you by default');
