import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table; a replica of the previous release knows of no pause until it is replaced. */
export class AddPausedTeams1764800100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE paused_teams (
        id text PRIMARY KEY,
        until timestamptz,
        version integer NOT NULL
      );
      COMMENT ON COLUMN paused_teams.until IS 'Null where the pause was ended before its time.';
      COMMENT ON COLUMN paused_teams.version IS 'Of handoff.controls; an older one changes nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE paused_teams');
  }
}
