import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty, as with it nothing is asked within a delegation. */
export class AddWithin1765200000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN within uuid;
      COMMENT ON COLUMN handoffs.within IS 'Of an escalation by whoever holds a delegation, and for its sake: that delegation.';
      CREATE INDEX handoffs_within ON handoffs (within) WHERE within IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN within');
  }
}
