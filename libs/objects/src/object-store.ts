import type { Readable } from 'node:stream';

/** Where large bytes are kept. It knows names and bytes alone: whose they are, how long they are kept and what they add up to is its user's. */
export interface ObjectStore {
  /** Returns once all is kept. What fails on the way leaves nothing that could be read. */
  write(name: string, bytes: Readable): Promise<void>;
  /** Null where there is none of that name. */
  read(name: string): Promise<Readable | null>;
  /** What is not there is gone as well. */
  remove(name: string): Promise<void>;
}
