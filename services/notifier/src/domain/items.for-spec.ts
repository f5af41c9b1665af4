import type { HandoffDecision, HandoffRouted, PersonId, Role, TeamId } from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, aRouting } from '@handoff/testing';
import { arriving, withAccepted, withRouted, type DeskItem } from './desk-item.js';
import type { Person } from './rights.js';

export const aPerson = (
  subject: string,
  over: { readonly roles?: readonly Role[]; readonly teams?: readonly string[] } & Pick<Person, 'authority'> = {},
): Person => ({ subject, name: subject, roles: ['responder'], teams: ['support'], ...over }) as Person; // ids are plain texts here
export const ana = aPerson('ana');
export const ben = aPerson('ben');

type Packet = Readonly<Record<string, unknown>>;

/** On the desk, asked of the team `support`. */
export function anItem(packet: Packet = {}, routing: Partial<HandoffRouted> = {}): DeskItem {
  const handoff = anAcceptedHandoff({ packet });
  return withRouted(withAccepted(arriving(handoff.handoff_id, handoff.tenant), handoff, null), aRouting(handoff, routing));
}

export function decidedBy(subjects: readonly string[], over: Partial<HandoffDecision> = {}): HandoffDecision {
  return aDecision(anAcceptedHandoff(), {
    decided_by: subjects.map((subject) => ({ subject: subject as PersonId, level: 1, channel: 'desk' })),
    ...over,
  });
}

export const team = (id: string): TeamId => id as TeamId;
