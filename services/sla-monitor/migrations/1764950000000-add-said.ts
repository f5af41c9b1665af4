import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable, so replicas of the previous release keep writing rows during the rollout; what their clocks said is not told. */
export class AddSaid1764950000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN said jsonb;
      COMMENT ON COLUMN handoffs.said IS 'What its clocks have said, the newest last, for the timeline; null while they have said nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN said');
  }
}
