import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release neither writes nor reads; what it holds is looked at once more. */
export class LookOncePerChange1765100000800 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE held_replies ADD COLUMN seen_as text;
      COMMENT ON COLUMN held_replies.seen_as IS 'How what it names stood when it was looked at in vain; null: it was not there.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE held_replies DROP COLUMN seen_as');
  }
}
