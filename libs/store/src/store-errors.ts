import { HandoffError } from '@handoff/contracts';

/** Thrown, not dead-lettered: nothing is wrong with the message, so the bus pauses and asks again. */
export class StoreUnreachableError extends HandoffError {
  readonly code = 'STORE_UNREACHABLE';
  constructor(
    readonly schema: string,
    cause: unknown,
  ) {
    super(
      `Schema "${schema}" is out of reach (${cause instanceof Error ? cause.message : String(cause)}); work on it is paused and resumes by itself. Check DATABASE_URL.`,
      { cause },
    );
  }
}
