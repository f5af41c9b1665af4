import { HandoffError } from '@handoff/contracts';
import { Command, CommanderError } from 'commander';
import type { AddCommand } from './add-command.js';
import { addDlt } from './dlt.js';
import { addDoctor } from './doctor.js';
import { EXIT, type Io } from './io.js';
import { addModel } from './model.js';
import { addPolicy } from './policy.js';
import { addReplay } from './replay.js';
import { addShow } from './show.js';
import { addTail } from './tail.js';
import { addTopics } from './topics.js';

const COMMANDS: readonly AddCommand[] = [addDoctor, addShow, addTail, addDlt, addPolicy, addTopics, addReplay, addModel];

const WHERE = `
Where the system is: as the settings say (KAFKA_BROKERS, TOPIC_PREFIX, GROUP_PREFIX, DATABASE_URL, SERVICE_TOKEN_SECRET, and INTAKE_URL,
ROUTING_URL, SLA_MONITOR_URL, NOTIFIER_URL, FEEDBACK_URL, each with a comma between several processes); what they leave out, as the system
that npm start runs from HANDOFF_HOME has noted it there. HANDOFF_OPERATOR is who you are.

Exit codes: 0 fine, 1 something was found or not done, 2 nothing was asked properly or nobody could be asked.`;

/** Everything that can be asked of an installation, under one name. @returns the exit code */
export async function runHandoff(args: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.fine;
  const program = new Command('handoff')
    .description('Asks a running Handoff, and says what is wrong with it.')
    .addHelpText('after', WHERE)
    .showHelpAfterError('(--help says what is understood)')
    .configureOutput({ writeOut: (text) => io.print(text.trimEnd()), writeErr: (text) => io.log(text.trimEnd()) })
    .exitOverride();
  for (const add of COMMANDS) add(program, { io, endWith: async (work) => void (code = await work) });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, io);
  }
}

/** What a person can mend is a sentence. */
function codeOf(error: unknown, { log }: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.notAsked; // it has said why
  if (!(error instanceof HandoffError) && !(error instanceof RangeError)) throw error;
  log(error.message);
  return EXIT.notAsked;
}
