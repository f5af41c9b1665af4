import { HandoffError } from '@handoff/contracts';

export class GroundGoneError extends HandoffError {
  readonly code = 'GROUND_GONE';
  constructor(what: string) {
    super(`${what} is stopped by a fault at this moment; whoever asks it must wait for the fault's end.`);
  }
}

export class FaultsUsageError extends HandoffError {
  readonly code = 'USAGE';
  constructor(what: string) {
    super(
      `${what} Usage: npm run faults [-- --only NAME[,NAME]] [--full] [--rate HANDOFFS_PER_SECOND] [--seed N] [--times N] [--handoffs N] [--keep] [--json] [--list]`,
    );
  }
}

export class InterruptedError extends HandoffError {
  readonly code = 'INTERRUPTED';
  constructor() {
    super('Stopped before everything was injected and checked.');
  }
}
