import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * An assignment is updated with each level and with the end; with room on its page an update leaves the indexes alone. Rows that are
 * written from now on are stored so; it changes nothing for the previous release.
 */
export class LeaveRoomForAssignments1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments SET (fillfactor = 50, toast_tuple_target = 8160);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments RESET (fillfactor, toast_tuple_target);
    `);
  }
}
