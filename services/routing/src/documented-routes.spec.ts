import { documentedRoutes, routesOf } from '@handoff/testing';
import { expect, it } from '@jest/globals';
import { RoutingModule } from './routing.module.js';

it('docs/api says what this service opens, all of it and nothing else', () => {
  expect(routesOf(RoutingModule)).toEqual(documentedRoutes('routing'));
});
