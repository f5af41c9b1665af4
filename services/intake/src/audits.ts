import type { Audit } from '@handoff/runtime';
import type { IntakeConfig } from './intake.config.js';

/** The door's own check that nothing it let in is lost behind it. */
export const audits = ({ UNROUTED_AFTER_SECONDS }: IntakeConfig): readonly Audit[] => [
  {
    finding: 'unrouted',
    rows: `SELECT 1 FROM handoffs
           WHERE routed_at IS NULL AND ended_at IS NULL AND accepted_at < (SELECT handoff_now() - make_interval(secs => $1))`,
    parameters: [UNROUTED_AFTER_SECONDS],
  },
];
