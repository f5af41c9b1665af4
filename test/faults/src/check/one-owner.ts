import { OFFER_EVENTS } from '@handoff/contracts';
import type { EventRecord, History } from './history.js';
import { doubled, wrong, type Invariant, type Violation } from './violation.js';

/** What routing says to an agent of a task that it is offered or has, and what intake may then call the offer. */
const STATES_AFTER: Readonly<Record<string, readonly string[]>> = {
  offered: ['offered'],
  confirmed: ['confirmed', 'delivered'],
  changes_requested: ['confirmed', 'delivered'],
  lapsed: ['lapsed'],
  cancelled: ['cancelled'],
};
export const OFFER_WORDS: ReadonlySet<string> = new Set(OFFER_EVENTS);
/** After the end nobody is to go on, but who has taken what was passed on. */
const OVER: ReadonlySet<string> = new Set(['lapsed', 'cancelled', 'delivered']);
const TAKEN: ReadonlySet<string> = new Set([...OVER, 'confirmed']);

/**
 * A task is nobody's before the one who had it has lost it, and each offer is what its agent was told last. An intake that was set back may have
 * read no more of what was approved than that it was confirmed; what its agent reads is held at the door.
 */
export const oneOwner: Invariant = ({ history, standing: { intake }, setBack }) => {
  const mayLag = endOf(history) === 'approve' && setBack.has('intake');
  return [...asHeard(history, intake?.offers ?? {}, mayLag ? TAKEN : overOf(history)), ...overlaps(wordsOf(history))];
};

/** @param states of the offers as their agents read them, by id */
export const readsAsHeard = (history: History, states: Readonly<Record<string, string>>): readonly Violation[] =>
  asHeard(history, states, overOf(history));

const endOf = (history: History): string => history.of('handoff.decisions')[0]?.facts.type ?? '';

const overOf = (history: History): ReadonlySet<string> => (endOf(history) === 'taken' ? TAKEN : OVER);

/** What its agents were told of a task, each on a partition of its own. */
export const wordsOf = (history: History): readonly EventRecord[] =>
  history.of('handoff.assignments').filter(({ event }) => OFFER_WORDS.has(event));

function asHeard(history: History, states: Readonly<Record<string, string>>, over: ReadonlySet<string>): readonly Violation[] {
  const last = new Map(wordsOf(history).map((it) => [it.facts.offerId ?? '', it]));
  return [...last].flatMap(([id, word]) => offerAsHeard(id, word, states[id], over));
}

/** What an agent has passed on is one agent's, which hears so, exactly if the end says that it was taken. */
export const takenOrReturned: Invariant = ({ history }) => {
  if (history.kind !== 'transfer') return [];
  const type = endOf(history);
  const owners = new Set(history.of('handoff.assignments', 'confirmed').map(({ facts }) => facts.offerId)).size;
  const isRight = owners === (type === 'taken' ? 1 : 0);
  return isRight ? [] : [(owners > 1 ? doubled : wrong)('taken or returned', `it ended as "${type}", and was given to ${owners} agents`)];
};

interface Hold {
  readonly by: string;
  readonly from: number;
  readonly until: number;
}

/** By routing's own order: each agent has a partition of its own. */
function overlaps(words: readonly EventRecord[]): readonly Violation[] {
  const holds = words.filter(({ event }) => event === 'confirmed').map((it) => holdOf(it, words));
  return holds.flatMap((one, at) =>
    holds
      .slice(at + 1)
      .filter((next) => next.from <= one.until)
      .map((next) => doubled('one owner', `${next.by} was given what ${one.by} had`)),
  );
}

function holdOf({ facts: { agentId = '', offerId }, sequence: from }: EventRecord, words: readonly EventRecord[]): Hold {
  const isLost = ({ event, sequence, facts }: EventRecord): boolean =>
    (event === 'lapsed' || event === 'cancelled') && facts.offerId === offerId && sequence >= from;
  return { by: agentId, from, until: words.find(isLost)?.sequence ?? Number.POSITIVE_INFINITY };
}

function offerAsHeard(
  offerId: string,
  { event, facts: { agentId = '' } }: EventRecord,
  state: string | undefined,
  over: ReadonlySet<string>,
): readonly Violation[] {
  const who = `${agentId} reads of offer ${offerId}`;
  if (!state || !STATES_AFTER[event]?.includes(state))
    return [wrong('one owner', `${who} "${state ?? 'nothing'}", and was told "${event}"`)];
  return over.has(state) ? [] : [wrong('one owner', `${who} "${state}", and it has ended`)];
}
