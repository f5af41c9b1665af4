import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable, so replicas of the previous release keep claiming during the rollout; what they claim waits for its lease. */
export class AddNotificationClaimedBy1764650000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE notifications ADD COLUMN claimed_by uuid;
      COMMENT ON COLUMN notifications.claimed_by IS 'The process that sends it; one that does not know of its claim gives it back before the lease ends.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE notifications DROP COLUMN claimed_by');
  }
}
