import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table, which a replica of the previous release knows nothing of. */
export class AddCalendarFeeds1764900300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE calendar_feeds (
        tenant text NOT NULL,
        subject text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, subject)
      );
      COMMENT ON TABLE calendar_feeds IS 'Who has a secret address for a calendar of her own duty; one each, the newest.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE calendar_feeds');
  }
}
