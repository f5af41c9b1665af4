import {
  type AgentsMove,
  type AuthorityLimit,
  type HandoffRouted,
  type Move,
  type PersonId,
  type Role,
  type TeamId,
} from '@handoff/contracts';
import type { Accepted } from './desk-item.js';

export interface Person {
  readonly subject: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly authority?: readonly AuthorityLimit[];
}

/** What people do to a handoff; a vote is an answer. */
export type Deed = 'decide' | Exclude<Move, AgentsMove | 'vote'>;

export type Right = { readonly kind: 'may' } | { readonly kind: 'may-not'; readonly because: string };

/** The least role of those whose turn it is or was, and of everybody else; null: not even an admin. */
interface Least {
  readonly asked: Role;
  readonly others: Role | null;
}

const OF_THE_ASKED: Least = { asked: 'responder', others: null };
const ALSO_A_LEADS: Least = { asked: 'responder', others: 'lead' };
const A_LEADS: Least = { asked: 'lead', others: 'admin' };

/** Every right that there is. Whoever did it (decided, took over) may also recall, and say done or hand back, whatever the role. */
export const RIGHTS: Readonly<Record<Deed, Least>> = {
  decide: OF_THE_ASKED,
  acknowledge: OF_THE_ASKED,
  release: ALSO_A_LEADS,
  reassign: ALSO_A_LEADS,
  escalate: ALSO_A_LEADS,
  defer: OF_THE_ASKED,
  request_info: ALSO_A_LEADS,
  request_changes: OF_THE_ASKED,
  answer: ALSO_A_LEADS,
  set_urgency: A_LEADS,
  comment: { asked: 'responder', others: 'responder' },
  rate: ALSO_A_LEADS,
  recall: A_LEADS,
  done: A_LEADS,
  hand_back: A_LEADS,
};

/** From the least to the most; each may what those before it may. */
const RANKS: readonly Role[] = ['viewer', 'responder', 'lead', 'admin'];
const rankOf = ({ roles }: Pick<Person, 'roles'>): number => Math.max(-1, ...roles.map((role) => RANKS.indexOf(role)));

/** Viewers may not. */
export const mayAnswer = (person: Pick<Person, 'roles'>): boolean => rankOf(person) >= RANKS.indexOf('responder');

/** Leads and admins: who may see what others did, and pause things. */
export const mayLead = (person: Person): boolean => rankOf(person) >= RANKS.indexOf('lead');

const may: Right = { kind: 'may' };
const mayNot = (because: string): Right => ({ kind: 'may-not', because });

/**
 * Members of the teams asked so far, and whoever it was given to in person, may act, at whatever level it is; a lead may pass on what is
 * others', and whoever wanted the task may do no more than comment on it (four eyes).
 * @param own it is this person's own answer, or the task that this person holds
 */
export function rightTo(
  deed: Deed,
  person: Person,
  { requestedBy }: Pick<Accepted, 'requestedBy'>,
  routed: HandoffRouted,
  own = false,
): Right {
  if (requestedBy === person.subject && deed !== 'comment') return mayNot('You asked for this yourself; somebody else has to decide it.');
  if (!mayAnswer(person)) return mayNot('You may look at handoffs, not answer them; ask for the role "responder".');
  if (own) return may;
  const isAsked = (routed.given_to ?? []).includes(person.subject) || routed.may_decide.some((team) => person.teams.includes(team));
  const { asked, others } = RIGHTS[deed];
  const least = isAsked ? asked : others;
  if (least !== null && rankOf(person) >= RANKS.indexOf(least)) return may;
  return isAsked
    ? mayNot(`This takes the role "${asked}".`)
    : mayNot(
        `This was asked of ${routed.may_decide.join(', ')}; you are not a member${least ? `, and it takes the role "${least}"` : ''}.`,
      );
}

export const rightToDecide = (person: Person, accepted: Pick<Accepted, 'requestedBy'>, routed: HandoffRouted): Right =>
  rightTo('decide', person, accepted, routed);
