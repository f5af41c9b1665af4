/** The command without the checks of a fresh clone: for containers, where everything is built. */
import { runHandoff } from '../command/program.js';
import { leave, terminal } from '../command/terminal.js';

leave(await runHandoff(process.argv.slice(2), terminal()));
