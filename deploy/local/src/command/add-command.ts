import type { Command } from 'commander';
import type { Io } from './io.js';

export interface CommandPlace {
  readonly io: Io;
  /** What the work resolves to is the exit code: the library's own actions have no result. */
  readonly endWith: (work: Promise<number>) => Promise<void>;
}

/** Adds one command, with its help, to the program. */
export type AddCommand = (program: Command, place: CommandPlace) => void;
