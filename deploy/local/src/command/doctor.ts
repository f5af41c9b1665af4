import { InvalidArgumentError } from 'commander';
import { runDoctor, type DoctorWords } from '../doctor/doctor-command.js';
import type { AddCommand } from './add-command.js';
import { durationIn, JSON_OPTION } from './words.js';

const MOST_SECONDS = 300;

export const addDoctor: AddCommand = (program, { io, endWith }) => {
  program
    .command('doctor')
    .description('what is wrong with broker, topics, schemas, services, clocks and channels, and what to do')
    .option('--watch <time>', 'between the two looks at what should move, for example 10s', watchIn, 3)
    .option('--silent-after <age>', 'how long an agent that asks regularly may be quiet', durationIn, 900)
    .option(...JSON_OPTION)
    .action((words: DoctorWords) => endWith(runDoctor(words, io)));
};

function watchIn(text: string): number {
  const seconds = durationIn(text);
  if (seconds > MOST_SECONDS) throw new InvalidArgumentError('5 minutes are the most.');
  return seconds;
}
