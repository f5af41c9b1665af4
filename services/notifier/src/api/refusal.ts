import { assertNever, type HandoffId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import type { Refused } from '../domain/judge-answer.js';
import { mayLead, type Person } from '../domain/rights.js';

/** @param what that only they may do, for example "export evidence" */
export function leadsOnly(person: Person, what: string): void {
  if (!mayLead(person)) throw new Problem(403, 'not_allowed', `Only leads and admins may ${what}; ask one of them.`);
}

/** Why an answer was not recorded, as the person reads it. */
export function problemOf(refused: Refused, handoffId: HandoffId): Problem {
  switch (refused.kind) {
    case 'unknown':
      return new Problem(404, 'not_found', `There is no handoff ${handoffId} on this desk.`);
    case 'not-routed':
      return new Problem(409, 'not_routed', `Handoff ${handoffId} has not been routed to anybody yet. Try again in a moment.`);
    case 'may-not':
      return new Problem(403, 'not_allowed', refused.because);
    case 'faults':
      return Problem.invalid(refused.faults);
    case 'version-changed': {
      const { packetVersion, changed } = refused;
      return new Problem(
        409,
        'version_changed',
        `The agent added context while you were reading (${changed.join(', ')}). Your answer was not recorded; look at version ${packetVersion} and answer again.`,
        { packet_version: packetVersion, changed },
      );
    }
    default:
      return assertNever(refused);
  }
}
