import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table, which a replica of the previous release knows nothing of. */
export class AddControls1764800200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE controls (
        id text PRIMARY KEY,
        tenant text NOT NULL,
        control text NOT NULL,
        name text NOT NULL,
        paused boolean NOT NULL,
        until timestamptz NOT NULL,
        reason text NOT NULL,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL,
        version integer NOT NULL
      );
      COMMENT ON COLUMN controls.control IS 'agent, team or channel';
      COMMENT ON COLUMN controls.until IS 'A pause ends then by itself, on the clock of whoever reads it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE controls');
  }
}
