import type { Route } from '@handoff/runtime';

/** All that agents ask of another service through their one door, and nothing else of what it has. */
export const FORWARDED: readonly Route[] = [
  { method: 'POST', path: 'advice', service: 'feedback' },
  { method: 'POST', path: 'outcomes', service: 'feedback', change: {} },
];
