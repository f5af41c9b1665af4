import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable, so replicas of the previous release keep writing rows during the rollout; they put off nothing for a question. */
export class AddPausedLevel1764400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN paused_level integer;
      COMMENT ON COLUMN handoffs.paused_level IS 'The level that has waited for its agent, or does: each may once.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN paused_level');
  }
}
