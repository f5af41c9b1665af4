import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty; what it routes stands by itself. */
export class AddWithin1765200000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments ADD COLUMN within uuid;
      COMMENT ON COLUMN assignments.within IS 'Of an escalation by whoever holds a delegation, and for its sake: that delegation.';
      CREATE INDEX assignments_within ON assignments (within) WHERE within IS NOT NULL AND state <> 'ended';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE assignments DROP COLUMN within');
  }
}
