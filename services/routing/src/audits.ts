import type { Audit } from '@handoff/runtime';

/** An end that was asked for is recorded by notifier at once; until then nothing moves the handoff. */
export const audits = (): readonly Audit[] => [
  {
    finding: 'end_unrecorded',
    rows: `SELECT 1 FROM assignments
           WHERE state = 'ending' AND (routed ->> 'routed_at')::timestamptz < (SELECT handoff_now() - interval '5 minutes')`,
  },
];
