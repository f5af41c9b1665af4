import { boundFaults } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { HttpStatus } from '@nestjs/common';
import type { OverLimit } from '../domain/over-limit.js';
import { recordsRejected } from '../intake.metrics.js';
import type { Posted } from './post-handoff.js';

export type Taken = Extract<Posted, { readonly kind: 'accepted' | 'repeated' }>;

/** @throws Problem that names everything that is wrong with what was posted, or that it is too much */
export function takenOrProblem(posted: Posted): Taken {
  if (posted.kind === 'limited') throw tooMuch(posted);
  if (posted.kind !== 'faults') return posted;
  for (const code of new Set(posted.faults.map((it) => it.code))) recordsRejected.inc({ door: 'http', code });
  throw Problem.invalid(boundFaults(posted.faults));
}

function tooMuch({ fault: { code, message }, retryAfter: retry_after }: OverLimit): Problem {
  recordsRejected.inc({ door: 'http', code });
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, code, message, { retry_after });
}
