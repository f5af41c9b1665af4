import type { EventRecord } from './history.js';
import { doubled, lost, wrong, type Invariant } from './violation.js';

/** Each level in its turn, none left out and none asked twice; what routing says again is the same asking. */
export const levelsInTurn: Invariant = ({ history, task }) => {
  if (task?.plan.name === 'twin' || task?.plan.name === 'related') return []; // they go where their first one is
  if (history.isGiven) return []; // each hand is a cycle; see `oneOwner`
  const asked = history.of('handoff.routed', 'asked').filter((it, at, all) => at === 0 || !isSameAsking(it, all[at - 1]));
  const places = asked.map(({ facts: { level, cycle } }) => `${level}/${cycle}`);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice) return [doubled('levels in turn', `level/cycle ${twice} was asked more than once: ${places.join(' ')}`)];
  const given = history.of('handoff.moves', 'reassign').length;
  const jump = asked.find((it, at) => !follows(it, asked[at - 1] ?? null, given > 0));
  return jump ? [lost('levels in turn', `${places.join(' ')} leaves something out before ${jump.facts.level}/${jump.facts.cycle}`)] : [];
};

const isSameAsking = ({ facts: one }: EventRecord, other: EventRecord | undefined): boolean =>
  one.level === other?.facts.level && one.cycle === other?.facts.cycle;

/** @param isGiven to somebody by a person, which asks the same level anew */
function follows({ facts }: EventRecord, before: EventRecord | null, isGiven: boolean): boolean {
  const { level = 0, cycle = 0, skipped = 0 } = facts;
  if (!before) return cycle === 1 && level === 1 + skipped;
  const { level: from = 0, cycle: round = 0, levelsOf } = before.facts;
  return (cycle === 1 && level === from + 1 + skipped) || (level === from && (level === levelsOf || isGiven) && cycle === round + 1);
}

/** Whatever is applied meanwhile: a handoff goes on by the policy that it began with. */
export const keepsItsPolicy: Invariant = ({ history }) => {
  const versions = [...new Set(history.of('handoff.routed', 'asked').map(({ facts }) => facts.policyVersion))];
  return versions.length > 1 ? [wrong('keeps its policy', `it was asked by the policy versions ${versions.join(' and ')}`)] : [];
};

/** A breach is one event, nobody is told of one level and cycle twice by the topics, nor of more news than there was. */
export const toldOnce: Invariant = ({ history }) => {
  const breaches = history
    .of('handoff.clock', 'breached')
    .filter(isOfLevel)
    .map(({ facts: { level, cycle } }) => `breach of ${level}/${cycle}`);
  const pages = history.of('handoff.notified', 'delivered').filter(({ facts: { channel } }) => channel !== 'desk');
  const ofSilence = pages.filter(isOfSilence).length;
  const silences = history.of('handoff.clock', 'unrouted').length;
  const newsworthy = ['info_given', 'warning'].flatMap((move) => history.of('handoff.moves', move)).length;
  const news = pages.filter(isNews).map(({ facts: { channel, recipient } }) => `${recipient} by ${channel}`);
  const tooOften = [...new Set(news)].filter((who) => news.filter((it) => it === who).length > newsworthy);
  const delivered = pages
    .filter((it) => !isOfSilence(it) && !isNews(it))
    .map(({ facts: { level, cycle, channel, recipient } }) => `delivery to ${recipient} by ${channel} at ${level}/${cycle}`);
  const results = history.of('handoff.clock', 'result').map(({ facts: { clock } }) => `result of ${clock}`);
  const all = [...delivered, ...results];
  const twice = [...new Set(all.filter((it, at) => all.indexOf(it) !== at))];
  const unsaid =
    new Set(breaches).size === 0 &&
    history.of('handoff.moves', 'escalate').length === 0 &&
    history.of('handoff.routed', 'asked').some(({ facts }) => (facts.level ?? 1) > 1 + (facts.skipped ?? 0));
  return [
    ...twice.map((it) => doubled('told once', `${it} is told twice`)),
    ...tooOften.map((who) => doubled('told once', `${who} heard of more than the ${newsworthy} things that were new`)),
    ...(ofSilence > silences
      ? [doubled('told once', `the fallback was paged ${ofSilence} times for ${silences} silences of routing`)]
      : []),
    ...(unsaid && !history.of('handoff.routed').some(({ facts }) => facts.duplicateOf)
      ? [wrong('told once', 'a level moved without a breach or a person')]
      : []),
  ];
};

/** A task that is late moves nothing. */
const isOfLevel = ({ facts: { clock } }: EventRecord): boolean => clock !== 'due_by';

/** The fallback is paged for each time that routing is silent, all of which are one level and cycle. */
const isOfSilence = ({ facts: { recipient, cycle } }: EventRecord): boolean => !recipient && cycle === 0;

/** What an agent has answered, or a task that comes to the end of its terms: no asking, so of no cycle. */
const isNews = ({ facts: { recipient, cycle } }: EventRecord): boolean => Boolean(recipient) && cycle === 0;
