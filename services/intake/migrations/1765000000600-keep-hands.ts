import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column with a constant default, which replicas of the previous release leave as it is. */
export class KeepHands1765000000600 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE offers ADD COLUMN history jsonb NOT NULL DEFAULT '[]';
      COMMENT ON COLUMN offers.history IS 'What became of it and when, the oldest first.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE offers DROP COLUMN history');
  }
}
