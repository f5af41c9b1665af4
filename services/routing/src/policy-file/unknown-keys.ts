import { fault, type Fault } from '@handoff/contracts';
import type { PolicyFile } from './policy-file.js';

/** A misspelt setting would silently be its default, so every key that means nothing is refused. */
export function unknownKeys(file: PolicyFile): readonly Fault[] {
  const { policy, people, teams, sla, urgency, rules } = file;
  return [
    ...check('', file),
    ...check('policy', policy),
    ...people.flatMap((person, i) => [
      ...check(`people[${i}]`, person),
      ...person.addresses.flatMap((it, j) => check(`people[${i}].addresses[${j}]`, it)),
      ...(person.authority ?? []).flatMap((it, j) => check(`people[${i}].authority[${j}]`, it)),
    ]),
    ...teams.flatMap((team, i) => check(`teams[${i}]`, team)),
    ...(sla ? check('sla', sla) : []),
    ...(urgency ? check('urgency', urgency) : []),
    ...rules.flatMap((rule, i) => [
      ...check(`rules[${i}]`, rule),
      ...check(`rules[${i}].match`, rule.match),
      ...rule.levels.flatMap((level, j) => [
        ...check(`rules[${i}].levels[${j}]`, level),
        ...(level.ladder ?? []).flatMap((it, k) => check(`rules[${i}].levels[${j}].ladder[${k}]`, it)),
      ]),
    ]),
  ];
}

/** A fresh instance has every declared field, set or not. */
function check(path: string, entry: object): readonly Fault[] {
  const known = Object.keys(new (entry.constructor as new () => object)());
  return Object.keys(entry)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const at = path ? `${path}.${key}` : key;
      return fault(at, 'not_allowed_value', `${at} means nothing here; known are ${known.join(', ')}.`);
    });
}
