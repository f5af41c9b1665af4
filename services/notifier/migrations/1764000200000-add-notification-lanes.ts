import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout; a notification without a lane is sent
 * in its turn by age, as all were before.
 */
export class AddNotificationLanes1764000200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE notifications ADD COLUMN lane text;
      COMMENT ON COLUMN notifications.lane IS 'Tenant and agent: whose turn it is where more is due than can be sent at once.';
      CREATE INDEX notifications_lanes ON notifications (lane, due_at) WHERE state IN ('due', 'sending');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE notifications DROP COLUMN lane');
  }
}
