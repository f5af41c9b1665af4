import { HttpStatus, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Problem } from './problem.js';
import type { Readiness } from './readiness.js';

/** Until the schema is there and knows what it once said, a request would be answered from something old. */
export class StartedGuard implements CanActivate {
  constructor(private readonly readiness: Readiness) {}

  canActivate(context: ExecutionContext): boolean {
    const { waitsFor } = this.readiness;
    if (waitsFor === null || context.getClass() === HealthController) return true;
    throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, 'unavailable', `The service is starting: ${waitsFor}. Try again shortly.`, {
      retry_after: 2,
    });
  }
}
