/** The topics command without the checks of a fresh clone: for containers, where everything is built. */
import { logToStderr } from '../log.js';
import { runTopics } from '../topics/topics-command.js';

process.exitCode = await runTopics(process.argv.slice(2), process.env, (line) => process.stdout.write(`${line}\n`), logToStderr);
