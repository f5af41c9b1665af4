import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty; what it shows stands by itself. */
export class AddWithin1765200000300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items ADD COLUMN within uuid;
      COMMENT ON COLUMN desk_items.within IS 'Of an escalation by whoever holds a delegation, and for its sake: that delegation.';
      CREATE INDEX desk_items_within ON desk_items (within) WHERE within IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE desk_items DROP COLUMN within');
  }
}
