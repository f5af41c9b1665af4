import type { Transaction } from '@handoff/bus';
import type { HandoffId, TenantId } from '@handoff/contracts';
import { keepSaid } from '../domain/keep-said.js';
import { unseen, type ArmedClock, type Change, type Watch, type WatchedHandoff } from '../domain/watch.js';

interface Named {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
}

/** Every column but the key, in any order: rows travel as JSON and are matched by name. */
const COLUMNS = Object.keys(unseen('' as HandoffId, '' as TenantId).handoff).filter((column) => column !== 'handoff_id');
const KEY = 'handoff_id, clock, share';

/**
 * The handoffs that these events are about, locked, with their clocks; a row is made for those not seen before. Locks are taken
 * in the order of the ids, so that two replicas with the same handoffs wait for each other instead of dying of it.
 */
export async function openWatches(tx: Transaction, events: readonly Named[]): Promise<Map<HandoffId, Watch>> {
  const fresh = events.map(({ handoff_id, tenant }) => unseen(handoff_id, tenant).handoff);
  const ids = events.map(({ handoff_id }) => handoff_id);
  const [, handoffs, clocks] = await Promise.all([
    tx.rows(`INSERT INTO handoffs SELECT * FROM jsonb_populate_recordset(NULL::handoffs, $1) ORDER BY handoff_id ON CONFLICT DO NOTHING`, [
      JSON.stringify(fresh),
    ]),
    tx.rows<WatchedHandoff>(`SELECT * FROM handoffs WHERE handoff_id = ANY($1) ORDER BY handoff_id FOR UPDATE`, [ids]),
    clocksOf(tx, ids),
  ]);
  return watchesOf(handoffs, clocks);
}

/** @param handoffs rows whose locks are held */
export async function withClocks(tx: Transaction, handoffs: readonly WatchedHandoff[]): Promise<Map<HandoffId, Watch>> {
  const ids = handoffs.map(({ handoff_id }) => handoff_id);
  return watchesOf(handoffs, await clocksOf(tx, ids));
}

const clocksOf = (tx: Transaction, ids: readonly HandoffId[]): Promise<ArmedClock[]> =>
  tx.rows<ArmedClock>(`SELECT ${KEY}, level, cycle, due_at FROM clocks WHERE handoff_id = ANY($1)`, [ids]);

function watchesOf(handoffs: readonly WatchedHandoff[], clocks: readonly ArmedClock[]): Map<HandoffId, Watch> {
  const byHandoff = new Map<HandoffId, ArmedClock[]>(handoffs.map(({ handoff_id }) => [handoff_id, []]));
  for (const clock of clocks) byHandoff.get(clock.handoff_id)?.push(clock);
  return new Map(handoffs.map((handoff) => [handoff.handoff_id, { handoff, clocks: byHandoff.get(handoff.handoff_id) ?? [] }]));
}

export function saveHandoffs(tx: Transaction, changes: readonly Change[], now: Date): void {
  tx.write(
    `UPDATE handoffs SET (${COLUMNS.join(', ')}) = ROW(${COLUMNS.map((column) => `changed.${column}`).join(', ')})
     FROM jsonb_populate_recordset(NULL::handoffs, $1) AS changed WHERE handoffs.handoff_id = changed.handoff_id`,
    [JSON.stringify(changes.map((change) => keepSaid(change, now)))],
  );
}

export function dropClocks(tx: Transaction, dropped: readonly ArmedClock[]): void {
  if (dropped.length === 0) return;
  tx.write(`DELETE FROM clocks WHERE (${KEY}) IN (SELECT ${KEY} FROM jsonb_populate_recordset(NULL::clocks, $1))`, [
    JSON.stringify(dropped),
  ]);
}

export function armClocks(tx: Transaction, armed: readonly ArmedClock[]): void {
  if (armed.length === 0) return;
  tx.write(
    `INSERT INTO clocks (${KEY}, level, cycle, due_at, armed_at)
     SELECT ${KEY}, level, cycle, due_at, handoff_now() FROM jsonb_populate_recordset(NULL::clocks, $1)`,
    [JSON.stringify(armed)],
  );
}
