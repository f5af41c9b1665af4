import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable. The previous release chooses whoever is there, whatever its version. */
export class KnowAgentsVersions1765800000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agents ADD COLUMN version text;
      COMMENT ON COLUMN agents.version IS 'As it says; null where it does not, and until it is heard of again.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE agents DROP COLUMN version');
  }
}
