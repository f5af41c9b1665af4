import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty, and a table that it does not know. */
export class ChooseByLoad1764900000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments ADD COLUMN facts jsonb;
      COMMENT ON COLUMN assignments.facts IS 'What a policy can ask about the packet; null where an earlier release took it.';
      CREATE TABLE people_asked (person text PRIMARY KEY, asked_at timestamptz NOT NULL);
      COMMENT ON TABLE people_asked IS 'When each was asked last, where a policy chooses by it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE people_asked; ALTER TABLE assignments DROP COLUMN facts');
  }
}
