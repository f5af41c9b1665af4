import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty, as it takes no transfers. */
export class AddTransfers1765100000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN hands jsonb;
      COMMENT ON COLUMN handoffs.hands IS 'Of a transfer: the agents that have had the task, its sender last.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN hands');
  }
}
