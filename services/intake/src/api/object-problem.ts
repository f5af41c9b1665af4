import { Problem } from '@handoff/runtime';
import { HttpStatus } from '@nestjs/common';
import { ObjectStoreError } from '../intake.errors.js';
import { recordsRejected } from '../intake.metrics.js';
import { WrongBytes } from '../objects/checked.js';

const RETRY_SECONDS = 30;

/** What an agent is told where its bytes are not what it said, or the store fails; any other error as it is. */
export function objectProblem(error: unknown): unknown {
  if (error instanceof ObjectStoreError)
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, 'object_store_away', error.message, { retry_after: RETRY_SECONDS });
  if (!(error instanceof WrongBytes)) return error;
  recordsRejected.inc({ door: 'http', code: error.fault.code });
  return Problem.invalid([error.fault]);
}
