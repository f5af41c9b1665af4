import type { Audit } from '@handoff/runtime';

/** For a day, so that whoever is paged by it finds it. */
export const audits = (): readonly Audit[] => [
  { finding: 'unapproved_action', rows: `SELECT 1 FROM unapproved_actions WHERE found_at > (SELECT handoff_now() - interval '1 day')` },
];
