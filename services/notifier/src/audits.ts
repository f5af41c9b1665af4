import type { Audit } from '@handoff/runtime';

/** Whoever claimed it is gone, and nobody else has claimed it since, although anybody may. */
export const audits = (): readonly Audit[] => [
  {
    finding: 'past_lease',
    rows: `SELECT 1 FROM notifications
           WHERE state = 'sending' AND due_at <= (SELECT handoff_now())
             AND lease_until < (SELECT handoff_now() - interval '1 minute')`,
  },
];
