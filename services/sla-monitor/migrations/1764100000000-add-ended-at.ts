import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout. What has ended before counts from
 * today, as nobody knows better; what such a replica ends meanwhile has no instant and stays.
 */
export class AddEndedAt1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN ended_at timestamptz;
      COMMENT ON COLUMN handoffs.ended_at IS 'Of the decision, or of the end without one. How long the row is kept counts from here.';
      UPDATE handoffs SET ended_at = handoff_now() WHERE state = 'ended';
      CREATE INDEX handoffs_ended ON handoffs (ended_at) WHERE ended_at IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN ended_at');
  }
}
