import { HandoffError } from '@handoff/contracts';
import type { Log } from '../log.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** What a command has of the world around it: tables and JSON go to `print`, what is said about them to `log`. */
export interface Io {
  readonly env: Env;
  readonly print: Log;
  readonly log: Log;
  /** Aborted when whoever asked wants no more of it. */
  readonly signal: AbortSignal;
}

/** What every command ends with. */
export const EXIT = { fine: 0, found: 1, notAsked: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The words make sense one by one and not together; said with the command's help beside it. */
export class UsageError extends HandoffError {
  readonly code = 'USAGE';
}
