import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a table that the previous release does not know. */
export class AddScheduleOverrides1764900000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE schedule_overrides (
        id uuid PRIMARY KEY,
        tenant text NOT NULL,
        schedule text NOT NULL,
        person text NOT NULL,
        from_at timestamptz NOT NULL,
        until_at timestamptz NOT NULL CHECK (until_at > from_at),
        note text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        cancelled_by text,
        cancelled_at timestamptz
      );
      COMMENT ON TABLE schedule_overrides IS 'Who is on duty in place of whom a schedule names. A cancelled one stays, and counts for nothing.';
      CREATE INDEX ON schedule_overrides (tenant, until_at) WHERE cancelled_at IS NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE schedule_overrides');
  }
}
