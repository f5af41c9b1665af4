import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For the cleaning alone, which looks for what is old, in every tenant. An index changes nothing for the previous release. */
export class AddRetentionIndexes1764300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX desk_items_ended_at ON desk_items (ended_at) WHERE ended_at IS NOT NULL;
      CREATE INDEX audit_log_by_time ON audit_log (at);
      CREATE INDEX sessions_by_end ON sessions (expires_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX desk_items_ended_at, audit_log_by_time, sessions_by_end');
  }
}
