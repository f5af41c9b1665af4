import type { Pool } from 'pg';
import { lost, type Violation } from './violation.js';

interface PauseRow {
  readonly id: string;
  readonly version: number;
  /** As intake knows an agent's, or routing a team's. */
  readonly heeded: number;
}

const PAUSES = `
  SELECT c.id, c.version, coalesce(a.pause_version, t.version, 0) AS heeded FROM notifier.controls c
  LEFT JOIN intake.allowances a ON c.control = 'agent' AND (a.tenant, a.agent_id) = (c.tenant, c.name)
  LEFT JOIN routing.paused_teams t ON c.control = 'team' AND t.id = c.id`;

/** What the desk has said yes to is kept, and heeded by whoever is to. */
export async function forgottenPauses(db: Pool, promised: ReadonlyMap<string, number>): Promise<readonly Violation[]> {
  const { rows } = await db.query<PauseRow>(PAUSES);
  const kept = new Map(rows.map(({ id, version }) => [id, version]));
  return [
    ...[...promised]
      .filter(([id, version]) => (kept.get(id) ?? 0) < version)
      .map(([id, version]) =>
        lost('a pause is heeded', `${id} was changed to version ${version}, and ${kept.get(id) ?? 'nothing'} is kept`),
      ),
    ...rows
      .filter(({ version, heeded }) => heeded !== version)
      .map(({ id, version, heeded }) => lost('a pause is heeded', `${id} has version ${version}, and version ${heeded} is heeded`)),
  ];
}
