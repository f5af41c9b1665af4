import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * An item and its notifications are updated with each event; with room on its page an update leaves the indexes alone. A packet is read
 * several times within minutes, so it is stored as it is read. Rows that are written from now on are stored so; it changes nothing for
 * the previous release.
 */
export class LeaveRoomForItems1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items SET (fillfactor = 50, toast_tuple_target = 8160);
      ALTER TABLE notifications SET (fillfactor = 70);
      ALTER TABLE packets ALTER COLUMN packet SET STORAGE EXTERNAL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items RESET (fillfactor, toast_tuple_target);
      ALTER TABLE notifications RESET (fillfactor);
      ALTER TABLE packets ALTER COLUMN packet SET STORAGE EXTENDED;
    `);
  }
}
