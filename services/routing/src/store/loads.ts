import type { Transaction } from '@handoff/bus';
import { Load, type PersonLoad } from '../domain/load.js';
import type { Policy } from '../domain/policy.js';

/** Whether any level asks some of those who are on duty, by how much they have to do. */
const choosesByLoad = ({ rules, catchAll }: Policy): boolean =>
  [...rules, catchAll].some(({ levels }) => levels.some(({ ask }) => ask !== undefined));

/**
 * Who has how much to do, where any of these policies chooses by it. Replicas that choose come one after the other, so that each sees
 * whom the one before has asked.
 */
export async function loadLoads(tx: Transaction, policies: readonly Policy[]): Promise<Load> {
  if (!policies.some(choosesByLoad)) return new Load();
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff loads ' || current_schema(), 0))`);
  const people = await tx.rows<PersonLoad>(
    `SELECT person, coalesce(open, 0) AS open, asked_at AS "askedAt"
     FROM people_asked FULL JOIN (
       SELECT asked.person, count(*)::int AS open
       FROM assignments, jsonb_array_elements_text(routed -> 'asked') AS asked (person)
       WHERE state = 'open' AND duplicate_of IS NULL GROUP BY asked.person
     ) AS now USING (person)`,
  );
  return new Load(people);
}

export async function recordAsked(tx: Transaction, load: Load): Promise<void> {
  const people = load.justAsked();
  if (people.length === 0) return;
  await tx.rows(
    `INSERT INTO people_asked (person, asked_at) SELECT person, handoff_now() FROM unnest($1::text[]) AS person ORDER BY person
     ON CONFLICT (person) DO UPDATE SET asked_at = excluded.asked_at`,
    [people],
  );
}
