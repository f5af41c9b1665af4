import { documentedRoutes, routesOf } from '@handoff/testing';
import { expect, it } from '@jest/globals';
import { IntakeModule } from './intake.module.js';

it('docs/api says what this service opens, all of it and nothing else', () => {
  expect(routesOf(IntakeModule)).toEqual(documentedRoutes('intake'));
});
