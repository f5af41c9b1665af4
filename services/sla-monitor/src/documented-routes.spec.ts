import { documentedRoutes, routesOf } from '@handoff/testing';
import { expect, it } from '@jest/globals';
import { SlaMonitorModule } from './sla-monitor.module.js';

it('docs/api says what this service opens, all of it and nothing else', () => {
  expect(routesOf(SlaMonitorModule)).toEqual(documentedRoutes('sla-monitor'));
});
