import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty, as with it agents give no tasks. */
export class AddGivenBy1765100000700 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN given_by text;
      COMMENT ON COLUMN handoffs.given_by IS 'Of a delegation that an agent gave: that agent, which reads what becomes of it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN given_by');
  }
}
