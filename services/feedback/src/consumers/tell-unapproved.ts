import { createLogger } from '@handoff/telemetry';
import { unapprovedActions } from '../feedback.metrics.js';
import type { Unapproved } from '../store/unapproved-actions.js';

const log = createLogger('feedback');

/** A security event, once it is kept; the audit finding `unapproved_action` goes on saying it for a day. */
export function tellUnapproved(found: readonly Unapproved[]): void {
  for (const it of found) {
    unapprovedActions.inc();
    log.error(it, 'What was carried out is not what was approved; see docs/runbooks/handoff-audit-findings.md');
  }
}
