import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * An answer is updated four times, and grows. With room on its page an update leaves the indexes alone, and a decision that stays in its
 * row is not compressed again by each. Rows that are written from now on are stored so; it changes nothing for the previous release.
 */
export class LeaveRoomForAnswers1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs SET (fillfactor = 50, toast_tuple_target = 8160);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs SET (fillfactor = 80);
      ALTER TABLE handoffs RESET (toast_tuple_target);
    `);
  }
}
