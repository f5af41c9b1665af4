import { documentedRoutes, routesOf } from '@handoff/testing';
import { expect, it } from '@jest/globals';
import { NotifierModule } from './notifier.module.js';

it('docs/api says what this service opens, all of it and nothing else', () => {
  expect(routesOf(NotifierModule)).toEqual(documentedRoutes('notifier'));
});
