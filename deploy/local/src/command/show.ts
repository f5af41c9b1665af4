import { runShow } from '../history/show-command.js';
import type { AddCommand } from './add-command.js';
import { JSON_OPTION } from './words.js';

export const addShow: AddCommand = (program, { io, endWith }) => {
  program
    .command('show <id>')
    .description('the whole history of a handoff across services; the id of its task will do where it has one handoff')
    .option(...JSON_OPTION)
    .action((id: string, { json = false }: { readonly json?: boolean }) => endWith(runShow(id, json, io)));
};
