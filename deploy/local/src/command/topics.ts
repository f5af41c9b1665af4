import { runTopics, type TopicVerb } from '../topics/topics-command.js';
import type { AddCommand } from './add-command.js';
import { JSON_OPTION } from './words.js';

const VERBS: readonly (readonly [TopicVerb, string])[] = [
  ['plan', 'what would change, without changing it'],
  ['apply', 'makes and corrects them; a second time changes nothing'],
  ['verify', 'whether anything is left to change'],
];

export const addTopics: AddCommand = (program, { io, endWith }) => {
  const topics = program.command('topics').description('topics on the broker, as the contracts have them');
  for (const [verb, about] of VERBS)
    topics
      .command(verb)
      .description(about)
      .option(...JSON_OPTION)
      .action(({ json = false }: { readonly json?: boolean }) => endWith(runTopics(verb, json, io)));
};
