import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * A handoff is updated with each event; with room on its page an update leaves the indexes alone. Clocks are written and deleted under
 * the lock of their handoff's row, so the foreign key found nothing and was asked for each of five clocks; the service deletes the clocks
 * of a handoff that ends, and only ended ones are cleaned. It changes nothing for the previous release.
 */
export class LeaveRoomForHandoffs1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs SET (fillfactor = 50);
      ALTER TABLE clocks DROP CONSTRAINT clocks_handoff_id_fkey;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs RESET (fillfactor);
      ALTER TABLE clocks ADD FOREIGN KEY (handoff_id) REFERENCES handoffs ON DELETE CASCADE;
    `);
  }
}
