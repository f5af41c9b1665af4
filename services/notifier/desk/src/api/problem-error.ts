import type { FieldProblem, Problem } from './desk-types.js';

/** The server answered, and the answer is no. Its `problem` says why, in the words to show. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export const hasStatus = (error: unknown, status: number): boolean => error instanceof ProblemError && error.problem.status === status;

/** What is wrong with the fields of a form; empty where the trouble is with none of them. */
export const faultsOf = (error: unknown): readonly FieldProblem[] => (error instanceof ProblemError ? (error.problem.errors ?? []) : []);

/** A no, after which nothing was done. Trouble on the way or in the server is none: what was sent may have been recorded. */
export const isRefusal = (error: unknown): error is ProblemError => error instanceof ProblemError && error.problem.status < 500;

/** Words for a person, whatever went wrong. A request that never arrived is not the same as a refusal. */
export function describeError(error: unknown): string {
  return error instanceof ProblemError ? error.problem.detail : 'The desk cannot reach its server. Check the connection, then try again.';
}
