import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable columns, and states that the previous release passes over: its replicas leave copies as they were sent, and this
 * one's bring them up to date.
 */
export class AddCopyReferences1764600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE notifications ADD COLUMN reference text, ADD COLUMN bundle_id uuid, ADD COLUMN seen_at timestamptz;
      COMMENT ON COLUMN notifications.reference IS 'What the provider calls the copy; without one it can be neither updated nor closed.';
      COMMENT ON COLUMN notifications.bundle_id IS 'Of the one message that this copy was part of; its reference is theirs together.';
      COMMENT ON COLUMN notifications.state IS
        'due, sending (until lease_until), delivered, failed, withdrawn; delivered and no longer true: stale, updating (until lease_until)';
      CREATE INDEX notifications_stale ON notifications (due_at) WHERE state IN ('stale', 'updating');
      CREATE INDEX notifications_bundles ON notifications (bundle_id) WHERE bundle_id IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      UPDATE notifications SET state = 'delivered' WHERE state IN ('stale', 'updating');
      DROP INDEX notifications_stale, notifications_bundles;
      ALTER TABLE notifications DROP COLUMN reference, DROP COLUMN bundle_id, DROP COLUMN seen_at;
    `);
  }
}
