import { URGENCIES } from '@handoff/contracts';
import { Option } from 'commander';
import { runTail, type TailWords } from '../tail/tail-command.js';
import type { AddCommand } from './add-command.js';
import { durationIn, JSON_OPTION } from './words.js';

export const addTail: AddCommand = (program, { io, endWith }) => {
  program
    .command('tail')
    .description('events as they happen, until Ctrl-C; nobody else’s reading is touched')
    .addOption(several('--handoff <id>', 'of this handoff'))
    .addOption(several('--topic <name>', 'on this topic, for example decisions'))
    .addOption(several('--event <name>', 'of this kind, for example breached or approve'))
    .addOption(new Option('--urgency <urgency>', 'of handoffs that are known to be so').choices(URGENCIES))
    .option('--since <age>', 'those of the last while as well, for example 10m', durationIn)
    .option(...JSON_OPTION)
    .action((words: TailWords) => endWith(runTail(words, io)));
};

const several = (flags: string, about: string): Option =>
  new Option(flags, `${about}; may be given again`).argParser((text: string, before: readonly string[] = []) => [...before, text]);
