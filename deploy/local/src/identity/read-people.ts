import { readFile } from 'node:fs/promises';
import { CANARY_ROBOT, isJsonObject } from '@handoff/contracts';
import { parse } from 'yaml';

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** The people of a policy file, without the canary's robot, which has a way in of its own. What else is in it, and whether it is right, is routing's to say. */
export async function readPeople(policyFile: string): Promise<readonly KnownPerson[]> {
  return peopleOf(parse(await readFile(policyFile, 'utf8')));
}

export function peopleOf(policy: unknown): readonly KnownPerson[] {
  const people: unknown = isJsonObject(policy) ? policy['people'] : null;
  if (!Array.isArray(people)) return [];
  return people.filter(isJsonObject).flatMap(({ id, name, roles }) => {
    if (typeof id !== 'string' || id === CANARY_ROBOT) return [];
    return [{ id, name: typeof name === 'string' ? name : id, roles: Array.isArray(roles) ? roles.map(String) : [] }];
  });
}
