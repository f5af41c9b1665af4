import type { Audit } from '@handoff/runtime';

/** An open handoff has an armed clock at every instant, beside `due_by`, which moves nothing. One that only a move has told of is not yet known to be open. */
export const audits = (): readonly Audit[] => [
  {
    finding: 'unclocked',
    rows: `SELECT 1 FROM handoffs h
           WHERE state = 'open' AND accepted_sequence + routed_sequence > 0
             AND NOT EXISTS (SELECT 1 FROM clocks c WHERE c.handoff_id = h.handoff_id AND c.clock <> 'due_by')`,
  },
];
