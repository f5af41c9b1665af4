import { CANARY_ROBOT, type DirectoryEntry, type PersonId, type TeamId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { mayAnswer } from '../domain/rights.js';

interface Named<Id> {
  readonly id: Id;
  readonly name: string;
}

export interface Answerers {
  readonly people: readonly (Named<PersonId> & { readonly teams: readonly TeamId[] })[];
  readonly teams: readonly Named<TeamId>[];
}

/** People who may answer, and the teams that have one of them, by name. The canary's robot is none: nothing is handed over to it. */
export async function answerers(db: EntityManager, tenant: TenantId): Promise<Answerers> {
  const found = await rows<{ readonly id: string; readonly entry: DirectoryEntry }>(
    db,
    `SELECT id, entry FROM directory
     WHERE tenant = $1 AND (entry ->> 'active')::boolean AND (id LIKE 'person:%' OR id LIKE 'team:%') AND id <> $2
     ORDER BY entry ->> 'name', id`,
    [tenant, `person:${CANARY_ROBOT}`],
  );
  const of = (kind: string) => found.filter(({ id }) => id.startsWith(kind));
  const people = of('person:').filter(({ entry }) => mayAnswer({ roles: entry.roles ?? [] }));
  const staffed = new Set(people.flatMap(({ entry }) => entry.teams ?? []));
  const named = <Id extends string>({ id, entry }: (typeof found)[number]): Named<Id> => ({
    id: id.replace(/^\w+:/, '') as Id,
    name: entry.name,
  });
  return {
    people: people.map((it) => ({ ...named<PersonId>(it), teams: it.entry.teams ?? [] })),
    teams: of('team:')
      .map(named<TeamId>)
      .filter(({ id }) => staffed.has(id)),
  };
}
