import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty; an agent that does not say what it reads may be offered anything. */
export class KnowAgentsSchemas1765100000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agents ADD COLUMN schemas jsonb;
      COMMENT ON COLUMN agents.schemas IS 'Ids of the forms of state that it reads; null where it does not say.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE agents DROP COLUMN schemas');
  }
}
