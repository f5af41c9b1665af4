import { readFile } from 'node:fs/promises';
import { HandoffError, type Result } from '@handoff/contracts';

/** What a command was given cannot be used; said to whoever gave it. */
export class CommandError extends HandoffError {
  readonly code = 'COMMAND';
}

export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  });

/** @throws CommandError with everything that is wrong with the file */
export function rightOr<T>(result: Result<T>, file: string): T {
  if (result.kind === 'ok') return result.value;
  throw new CommandError(`${file} is not right:\n${result.faults.map(({ message }) => `  ${message}`).join('\n')}`);
}
