/** The dead letters command without the checks of a fresh clone: for containers, where everything is built. */
import { runDlt } from '../dead-letters/dlt-command.js';
import { logToStderr } from '../log.js';

process.exitCode = await runDlt(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`), logToStderr);
