import { gunzipSync, gzipSync } from 'node:zlib';
import { rows, type EntityManager } from '@handoff/store';
import type { Comparison } from '../model/compare-models.js';
import type { LiveModel } from '../model/live-model.js';
import type { ModelFile } from '../model/model-file.js';

export type ModelState = 'shadow' | 'champion' | 'retired';

/** Who or what did it, and why. */
export interface Reason {
  readonly by: string;
  readonly why: string;
  readonly evidence?: object;
}

/** As kept: JSON has no NaN, which the area under a curve is where all ended in one way. */
type AsJson<T> = T extends object ? { readonly [Field in keyof T]: Field extends 'auc' ? number | null : AsJson<T[Field]> } : T;

export interface ModelRow {
  readonly version: string;
  readonly state: ModelState;
  readonly code_version: string;
  readonly cases: number;
  readonly groups: number;
  readonly learned_from: Date;
  readonly learned_until: Date;
  readonly figures: AsJson<LiveModel['figures']>;
  readonly training_seconds: number;
  readonly trained_at: Date;
  readonly compared_cases: number;
}

export interface ModelEvent {
  readonly version: string;
  readonly event: 'trained' | 'promoted' | 'rolled_back' | 'retired';
  readonly by: string;
  readonly why: string;
  readonly evidence: object | null;
  readonly at: Date;
}

const COLUMNS =
  'version, state, code_version, cases, groups, learned_from, learned_until, figures, training_seconds, trained_at, compared_cases';
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('handoff models ' || current_schema(), 0))`;

/** One change of states at a time. */
export const lockModels = async (db: EntityManager): Promise<void> => void (await rows(db, LOCK));

export const listModels = (db: EntityManager, limit: number): Promise<readonly ModelRow[]> =>
  rows<ModelRow>(db, `SELECT ${COLUMNS} FROM models ORDER BY trained_at DESC, version LIMIT $1`, [limit]);

export async function findModel(db: EntityManager, version: string): Promise<ModelRow | null> {
  const [row] = await rows<ModelRow>(db, `SELECT ${COLUMNS} FROM models WHERE version = $1`, [version]);
  return row ?? null;
}

export async function modelIn(db: EntityManager, state: 'champion' | 'shadow'): Promise<ModelRow | null> {
  const [row] = await rows<ModelRow>(db, `SELECT ${COLUMNS} FROM models WHERE state = $1`, [state]);
  return row ?? null;
}

/** The one that reigns, or the one that did last: how well it tells is looked at until another takes its place. */
export async function lastChampion(db: EntityManager): Promise<ModelRow | null> {
  const [row] = await rows<ModelRow>(
    db,
    `SELECT ${COLUMNS} FROM models JOIN (SELECT version, max(number) AS promoted FROM model_events WHERE event = 'promoted' GROUP BY version) AS p
       USING (version) ORDER BY state = 'champion' DESC, promoted DESC LIMIT 1`,
  );
  return row ?? null;
}

export async function loadModel(db: EntityManager, version: string): Promise<ModelFile> {
  const [row] = await rows<{ model: Buffer }>(db, 'SELECT model FROM models WHERE version = $1', [version]);
  if (!row) throw new Error(`There is no model ${version}.`);
  return JSON.parse(gunzipSync(row.model).toString('utf8')) as ModelFile; // written by us
}

export const modelEvents = (db: EntityManager, limit: number, version?: string): Promise<readonly ModelEvent[]> =>
  rows<ModelEvent>(
    db,
    `SELECT version, event, by, why, evidence, at FROM model_events WHERE $2::text IS NULL OR version = $2 ORDER BY number DESC LIMIT $1`,
    [limit, version ?? null],
  );

/**
 * A model that was just trained becomes the challenger, in place of the one before.
 * @returns false where there is one of this version: the same data teach the same
 */
export async function addChallenger(
  db: EntityManager,
  { model, figures, from, until }: LiveModel,
  seconds: number,
  reason: Reason,
): Promise<boolean> {
  const { version, code_version, data } = model;
  if (await findModel(db, version)) return false;
  const before = await modelIn(db, 'shadow');
  if (before) await setState(db, before.version, 'retired', 'retired', { by: reason.by, why: 'A later challenger takes its place.' });
  await rows(
    db,
    `INSERT INTO models (version, state, code_version, cases, groups, learned_from, learned_until, figures, model, training_seconds, trained_at)
     VALUES ($1, 'shadow', $2, $3, $4, $5, $6, $7, $8, $9, handoff_now())`,
    [version, code_version, data.cases, data.groups, from, until, JSON.stringify(figures), gzipSync(JSON.stringify(model)), seconds],
  );
  await tell(db, version, 'trained', reason);
  return true;
}

/** The champion before it, if any, is retired, and comes back by a rollback. */
export async function promote(db: EntityManager, version: string, reason: Reason): Promise<void> {
  const before = await modelIn(db, 'champion');
  if (before?.version === version) return;
  if (before) await setState(db, before.version, 'retired', 'retired', { by: reason.by, why: `${version} takes its place.` });
  await setState(db, version, 'champion', 'promoted', reason);
}

/**
 * One step back: the champion is retired, and the one before it answers again; where there was none, the rule does.
 * @returns the version that answers from now on; undefined where nothing was to be rolled back
 */
export async function rollBack(db: EntityManager, reason: Reason): Promise<string | null | undefined> {
  const champion = await modelIn(db, 'champion');
  if (!champion) return undefined;
  const [earlier] = await rows<{ version: string }>(
    db,
    `SELECT version FROM model_events e WHERE event = 'promoted' AND version <> $1
       AND number < (SELECT max(number) FROM model_events WHERE event = 'promoted' AND version = $1)
       AND NOT EXISTS (SELECT 1 FROM model_events WHERE version = e.version AND event = 'rolled_back')
     ORDER BY number DESC LIMIT 1`,
    [champion.version],
  );
  await setState(db, champion.version, 'retired', 'rolled_back', reason);
  if (earlier) await setState(db, earlier.version, 'champion', 'promoted', { by: reason.by, why: `${champion.version} was rolled back.` });
  return earlier?.version ?? null;
}

export async function newestTrainingAt(db: EntityManager): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(db, 'SELECT max(trained_at) AS at FROM models');
  return row?.at ?? null;
}

export async function keepComparison(db: EntityManager, version: string, { cases }: Comparison): Promise<void> {
  await rows(db, 'UPDATE models SET compared_cases = $2 WHERE version = $1', [version, cases]);
}

async function setState(db: EntityManager, version: string, state: ModelState, event: ModelEvent['event'], reason: Reason): Promise<void> {
  await rows(db, 'UPDATE models SET state = $2 WHERE version = $1', [version, state]);
  await tell(db, version, event, reason);
}

async function tell(db: EntityManager, version: string, event: ModelEvent['event'], { by, why, evidence }: Reason): Promise<void> {
  await rows(db, 'INSERT INTO model_events (version, event, by, why, evidence, at) VALUES ($1, $2, $3, $4, $5, handoff_now())', [
    version,
    event,
    by,
    why,
    evidence ? JSON.stringify(evidence) : null,
  ]);
}
