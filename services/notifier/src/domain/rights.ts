import type { HandoffRouted, PersonId, Role, TeamId } from '@handoff/contracts';
import type { Accepted } from './desk-item.js';

export interface Person {
  readonly subject: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
}

export type Right = { readonly kind: 'may' } | { readonly kind: 'may-not'; readonly because: string };

/** Members of the teams asked so far may answer, at whatever level they are; whoever wanted the task may not decide it. */
export function rightToDecide(person: Person, accepted: Accepted, routed: HandoffRouted): Right {
  if (accepted.requestedBy === person.subject)
    return { kind: 'may-not', because: 'You asked for this yourself; somebody else has to decide it.' };
  if (!person.roles.some((role) => role !== 'viewer'))
    return { kind: 'may-not', because: 'You may look at handoffs, not answer them; ask for the role "responder".' };
  if (!routed.may_decide.some((team) => person.teams.includes(team)))
    return { kind: 'may-not', because: `This was asked of ${routed.may_decide.join(', ')}; you are not a member.` };
  return { kind: 'may' };
}
