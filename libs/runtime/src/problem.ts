import { HandoffError, type Fault, type Result } from '@handoff/contracts';
import { isConnectionFault } from '@handoff/store';
import type { Logger } from '@handoff/telemetry';
import { Catch, HttpException, HttpStatus, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** An answer other than success, as RFC 9457 `application/problem+json`. */
export class Problem extends HttpException {
  constructor(
    status: number,
    /** Stable, lower snake case: what a client may branch on. */
    readonly code: string,
    /** What happened, to what, and what to do next. */
    readonly detail: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail, status);
  }

  static invalid(faults: readonly Fault[]): Problem {
    return new Problem(HttpStatus.UNPROCESSABLE_ENTITY, 'invalid', `Not accepted: ${faults.map(({ message }) => message).join(' ')}`, {
      errors: faults,
    });
  }
}

/** What was read, or a 422 with everything that is wrong with it. */
export function valueOrProblem<T>(result: Result<T>): T {
  if (result.kind === 'faults') throw Problem.invalid(result.faults);
  return result.value;
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = this.problemOf(error);
    const { code, detail, more } = problem;
    const status = problem.getStatus();
    const { retry_after: retryAfter } = more;
    void host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .headers(typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {})
      .status(status)
      .type('application/problem+json')
      .send({ type: 'about:blank', title: HttpStatus[status]?.toLowerCase().replaceAll('_', ' '), status, code, detail, ...more });
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) return new Problem(error.getStatus(), codeOf(error.getStatus()), reasonOf(error));
    const { statusCode, message } = error as { statusCode?: number; message?: string };
    if (statusCode !== undefined && statusCode < 500)
      return new Problem(statusCode, codeOf(statusCode), message ?? 'The request cannot be read.');
    if (isConnectionFault(error))
      return new Problem(503, 'unavailable', 'The database is out of reach; nothing was changed. Try again shortly.', { retry_after: 2 });
    this.log.error({ err: error }, 'A request failed');
    const detail = error instanceof HandoffError ? error.message : 'Something went wrong here, and it was logged. Nothing was changed.';
    return new Problem(500, 'internal', detail);
  }
}

/** A health check names what is down, each with its reason; its message says nothing. */
function reasonOf(error: HttpException): string {
  const response = error.getResponse();
  const down = typeof response === 'object' && 'error' in response ? response.error : null;
  if (typeof down !== 'object' || down === null) return error.message;
  return Object.entries(down as Record<string, { readonly message?: string }>) // as terminus makes it
    .map(([what, { message = 'down' }]) => `${what}: ${message}`)
    .join('; ');
}

const codeOf = (status: number): string => (HttpStatus[status] ?? 'error').toLowerCase();
