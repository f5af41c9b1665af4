import { HandoffError, type Fault, type Seconds } from '@handoff/contracts';

/** What was sent is not taken; sending it again as it is gives the same answer. */
export class RefusedError extends HandoffError {
  readonly code = 'REFUSED';
  /**
   * @param reason stable, lower snake case, as the door says it
   * @param faults everything that is wrong, with its path
   */
  constructor(
    readonly reason: string,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

/** Handoff did not answer, or not with an answer of its own, for as long as was waited; nothing is known to be lost. */
export class UnreachableError extends HandoffError {
  readonly code = 'UNREACHABLE';
  constructor(where: string, cause: unknown) {
    super(`${where} does not answer. What was sent may have been taken; send it again under the same idempotency key. Check the address.`, {
      cause,
    });
  }
}

/** Nothing is wrong with what was sent but that it is too much for now. */
export class BusyError extends HandoffError {
  readonly code = 'BUSY';
  constructor(
    readonly retryAfter: Seconds,
    message: string,
  ) {
    super(message);
  }
}

/** Some questions have their answer over HTTP alone. */
export class OverHttpOnlyError extends HandoffError {
  readonly code = 'OVER_HTTP_ONLY';
  constructor(what: string) {
    super(`${what} is answered over HTTP alone; connect with a url and a key.`);
  }
}
