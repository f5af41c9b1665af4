import { lazy } from 'react';

/** Loaded when they are first opened, so that the queue is there as soon as before. */
export const DelegatePage = lazy(async () => ({ default: (await import('../delegate/delegate-page.js')).DelegatePage }));
export const DutyPage = lazy(async () => ({ default: (await import('../duty/duty-page.js')).DutyPage }));
export const PolicyPage = lazy(async () => ({ default: (await import('../policy/policy-page.js')).PolicyPage }));
export const SlaPage = lazy(async () => ({ default: (await import('../sla/sla-page.js')).SlaPage }));
export const AskingPage = lazy(async () => ({ default: (await import('../asking/asking-page.js')).AskingPage }));
