import { documentedRoutes, routesOf } from '@handoff/testing';
import { expect, it } from '@jest/globals';
import { FeedbackModule } from './feedback.module.js';

it('docs/api says what this service opens, all of it and nothing else', () => {
  expect(routesOf(FeedbackModule)).toEqual(documentedRoutes('feedback'));
});
