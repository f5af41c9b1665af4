import type { Packet } from '@handoff/contracts';
import { ProblemError } from '../api/problem-error.js';
import { NO_FAULTS, placeFaults, type DraftFaults } from './check-draft.js';

/** What the server found wrong with the last try, where it said so field by field. */
export const serverFaults = (error: Error | null, packet: Packet): DraftFaults =>
  error instanceof ProblemError && error.problem.errors ? placeFaults(error.problem.errors, packet) : NO_FAULTS;
