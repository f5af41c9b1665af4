import { expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { WAITS_TO_RELEARN, type Readiness } from './readiness.js';
import { StartedGuard } from './started.guard.js';

const askOf = (controller: unknown) => ({ getClass: () => controller }) as ExecutionContext; // of it the guard asks that alone

it('lets nobody in before the start is done, but those who ask how it is', () => {
  const readiness: Readiness = { waitsFor: WAITS_TO_RELEARN };
  const guard = new StartedGuard(readiness);
  expect(() => guard.canActivate(askOf(class Desk {}))).toThrow(/is starting: what this service said before/);
  expect(guard.canActivate(askOf(HealthController))).toBe(true);
  readiness.waitsFor = null;
  expect(guard.canActivate(askOf(class Desk {}))).toBe(true);
});
