import { fault, type Fault, type PushChannel } from '@handoff/contracts';
import { checkDoubles, checkNamed } from './check-names.js';
import { checkSchedules } from './check-schedules.js';
import { checkWindows } from './check-windows.js';
import type { AddressEntry } from './people-entries.js';
import type { PolicyFile } from './policy-file.js';
import type { RuleEntry } from './rule-entries.js';

/** What one entry cannot know by itself: names that must exist once, and rules that must be reached. */
export function checkReferences(file: PolicyFile): readonly Fault[] {
  return [
    ...checkDoubles('people', file.people),
    ...checkDoubles('teams', file.teams),
    ...checkDoubles('rules', file.rules),
    ...checkDoubles('calendars', file.calendars ?? []),
    ...checkDoubles('schedules', file.schedules ?? []),
    ...unknownMembers(file),
    ...unknownTeams(file),
    ...file.people.flatMap(({ addresses }, i) => addresses.flatMap((it, j) => badAddress(`people[${i}].addresses[${j}].address`, it))),
    ...file.rules.flatMap((rule, i) => [...misplacedRepeats(`rules[${i}]`, rule), ...unnamedActions(`rules[${i}].at_end`, rule)]),
    ...wrongTargets(file),
    ...tooFewPeople(file),
    ...checkSchedules(file),
    ...checkWindows(file),
    ...catchAll(file.rules),
  ];
}

function unknownMembers({ people, teams }: PolicyFile): readonly Fault[] {
  const known = new Set(people.map(({ id }) => id));
  return teams.flatMap(({ members }, i) =>
    members.flatMap((member, j) => {
      const at = `teams[${i}].members[${j}]`;
      return known.has(member) ? [] : [fault(at, 'not_allowed_value', `${at} is "${member}", who is not among the people.`)];
    }),
  );
}

function unknownTeams({ teams, rules }: PolicyFile): readonly Fault[] {
  return rules.flatMap(({ levels }, i) =>
    levels.flatMap(({ target: { team } }, j) => checkNamed(`rules[${i}].levels[${j}].target.team`, team, 'teams', teams)),
  );
}

interface AddressForm {
  readonly wanted: string;
  isGood(address: string): boolean;
}

const ADDRESS_FORMS: Readonly<Record<PushChannel, AddressForm>> = {
  email: { wanted: 'an e-mail address', isGood: (address) => /^[^\s@]+@[^\s@]+$/.test(address) },
  webhook: { wanted: 'an http or https URL', isGood: (address) => /^https?:/.test(address) && URL.canParse(address) },
  slack: { wanted: 'the id of a member or channel, such as U024BE7LH', isGood: (address) => /^[UWCDG][A-Z0-9]{6,}$/.test(address) },
  ntfy: { wanted: 'a topic of letters, digits, "_" and "-"', isGood: (address) => /^[-_A-Za-z0-9]{1,64}$/.test(address) },
};

function badAddress(at: string, { channel, address }: AddressEntry): readonly Fault[] {
  if (address.includes('${')) return []; // the placeholder was reported
  const { isGood, wanted } = ADDRESS_FORMS[channel];
  return isGood(address) ? [] : [fault(at, 'bad_format', `${at} is "${address}"; a ${channel} needs ${wanted}.`)];
}

/** Where more must agree than there are people, nobody ever decides. Teams of earlier levels count: they may still answer. */
function tooFewPeople({ people, teams, rules }: PolicyFile): readonly Fault[] {
  const viewers = new Set(people.filter(({ roles }) => !roles.some((role) => role !== 'viewer')).map(({ id }) => id));
  const mayAnswer = (names: readonly string[]): number =>
    new Set(teams.filter(({ id }) => names.includes(id)).flatMap(({ members }) => members.filter((it) => !viewers.has(it)))).size;
  return rules.flatMap(({ levels }, i) =>
    levels.flatMap(({ answers_needed: needed = 1 }, j) => {
      const there = mayAnswer(levels.slice(0, j + 1).map(({ target }) => target.team));
      const at = `rules[${i}].levels[${j}].answers_needed`;
      return needed === 1 || needed <= there
        ? []
        : [fault(at, 'out_of_range', `${at} is ${needed}, and only ${there} people may answer there.`)];
    }),
  );
}

function misplacedRepeats(path: string, { levels }: RuleEntry): readonly Fault[] {
  return levels.slice(0, -1).flatMap(({ repeat }, j) => {
    const at = `${path}.levels[${j}].repeat`;
    return repeat === undefined ? [] : [fault(at, 'not_allowed_value', `${at} is set, but only the last level of a rule is asked again.`)];
  });
}

/** A level asks people of its team, who may answer there, and at least as many as must agree. */
function wrongTargets({ teams, rules }: PolicyFile): readonly Fault[] {
  return rules.flatMap(({ levels }, i) =>
    levels.flatMap(({ target: { team, people = [], ask }, answers_needed: needed = 1 }, j) => {
      const at = `rules[${i}].levels[${j}].target`;
      const members = teams.find(({ id }) => id === team)?.members ?? people;
      const strangers = people.filter((it) => !members.includes(it));
      return [
        ...strangers.map((it) => fault(`${at}.people`, 'not_allowed_value', `${at}.people names "${it}", who is not in team "${team}".`)),
        ...(ask !== undefined && ask < needed
          ? [fault(`${at}.ask`, 'out_of_range', `${at}.ask is ${ask}, and ${needed} answers are needed there.`)]
          : []),
      ];
    }),
  );
}

/** Approving by silence is for what can be undone, and that is for the author to name. */
function unnamedActions(at: string, { at_end: end }: RuleEntry): readonly Fault[] {
  if (!end || (end.do === 'approve') === (end.actions !== undefined)) return [];
  return end.do === 'approve'
    ? [fault(at, 'missing', `${at} approves, and must name the actions that can be undone: actions: [name, …].`)]
    : [fault(`${at}.actions`, 'not_allowed_value', `${at}.actions is only for "approve".`)];
}

/** A handoff that no rule matches would wait for ever, and a rule behind one that matches everything never gets one. */
function catchAll(rules: readonly RuleEntry[]): readonly Fault[] {
  const at = rules.findIndex(({ match }) => Object.values(match).every((value) => value === undefined));
  if (at === -1) return [fault('rules', 'missing', 'rules has no rule with an empty match; the last one must catch what no other does.')];
  return rules.slice(at + 1).map((_, i) => {
    const behind = `rules[${at + 1 + i}]`;
    return fault(behind, 'not_allowed_value', `${behind} is never reached: rules[${at}] before it matches everything.`);
  });
}
