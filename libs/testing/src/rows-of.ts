import type { HandoffId } from '@handoff/contracts';
import type { TestService } from './test-service.js';

/** How many rows these tables have of each handoff, in the tables' order. */
export async function rowsOf(
  service: TestService,
  tables: readonly string[],
  handoffs: readonly { readonly handoff_id: HandoffId }[],
): Promise<readonly (readonly number[])[]> {
  const counted = `SELECT asked_for, ARRAY[${tables.map((table) => `(SELECT count(*)::int FROM ${table} WHERE handoff_id = asked_for)`).join(', ')}] AS counts`;
  const found = await service.query<{ asked_for: HandoffId; counts: readonly number[] }>(
    `${counted} FROM unnest($1::uuid[]) AS asked_for`,
    [handoffs.map(({ handoff_id }) => handoff_id)],
  );
  return handoffs.map(({ handoff_id }) => found.find(({ asked_for }) => asked_for === handoff_id)?.counts ?? []);
}

/** What the cleaners of this process, one of each replica, say that they have deleted of a table. */
export async function cleanedBy(service: TestService, table: string): Promise<number> {
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  return Number(new RegExp(`^handoff_rows_cleaned(?:_total)?\\{[^}]*table="${table}"[^}]*\\} (\\S+)`, 'm').exec(metrics)?.[1] ?? 0);
}
