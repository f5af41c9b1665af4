import type { Transaction } from '@handoff/bus';
import type { Address, DirectoryEntry, PersonId, Role, TeamId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { NO_PREFERENCES, type PersonChannel, type Preferences, type Reach } from '../domain/reach.js';
import type { Person } from '../domain/rights.js';

/** Keeps the newest version of each entry. */
export async function keepEntries(tx: Transaction, entries: readonly DirectoryEntry[]): Promise<void> {
  const newest = new Map(entries.map((it) => [it.id, it] as const));
  for (const it of entries) if (it.version >= (newest.get(it.id)?.version ?? 0)) newest.set(it.id, it);
  const kept = [...newest.values()];
  await tx.rows(
    `INSERT INTO directory (id, tenant, version, entry) SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::jsonb[])
     ON CONFLICT (id) DO UPDATE SET tenant = excluded.tenant, version = excluded.version, entry = excluded.entry WHERE directory.version <= excluded.version`,
    [kept.map((it) => it.id), kept.map((it) => it.tenant), kept.map((it) => it.version), kept.map((it) => JSON.stringify(it))],
  );
}

interface PersonRow {
  readonly id: string;
  readonly entry: DirectoryEntry;
  readonly preferences: Preferences | null;
  readonly channels: readonly PersonChannel[] | null;
}

export interface DirectoryPerson extends Person {
  readonly addresses: readonly Address[];
}

/** A person with what decides whether and where she is reached. */
export type ReachedPerson = DirectoryPerson & Reach;

export async function peopleBySubject(db: EntityManager, subjects: readonly string[]): Promise<Map<string, ReachedPerson>> {
  const found = await rows<PersonRow>(
    db,
    `SELECT d.id, d.entry, p.preferences,
            (SELECT jsonb_agg(to_jsonb(c)) FROM person_channels c WHERE c.tenant = d.tenant AND c.subject = it.subject) AS channels
     FROM unnest($1::text[]) AS it (subject) JOIN directory d ON d.id = 'person:' || it.subject
     LEFT JOIN preferences p ON p.tenant = d.tenant AND p.subject = it.subject
     WHERE (d.entry ->> 'active')::boolean`,
    [subjects],
  );
  return new Map(
    found.map(({ id, entry, preferences, channels }) => {
      const person = personOf(id, entry);
      return [person.subject, { ...person, preferences: preferences ?? NO_PREFERENCES, channels: channels ?? [] }];
    }),
  );
}

export function personOf(id: string, entry: DirectoryEntry): DirectoryPerson {
  return {
    subject: id.slice('person:'.length) as PersonId,
    name: entry.name,
    roles: entry.roles ?? ([] as readonly Role[]),
    teams: entry.teams ?? ([] as readonly TeamId[]),
    addresses: entry.addresses ?? [],
    ...(entry.authority ? { authority: entry.authority } : {}),
  };
}
