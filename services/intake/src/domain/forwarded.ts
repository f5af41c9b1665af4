import type { Route } from '@handoff/runtime';

/** All that agents ask of another service through their one door, and nothing else of what it has. */
export const FORWARDED: readonly Route[] = [
  { method: 'POST', path: 'advice', service: 'feedback' },
  { method: 'POST', path: 'outcomes', service: 'feedback', change: {} },
  { method: 'GET', path: 'agents/:agent/digest', service: 'feedback' },
  { method: 'GET', path: 'feedback', service: 'feedback' },
];
