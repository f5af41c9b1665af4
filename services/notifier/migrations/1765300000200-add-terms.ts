import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release leaves it as it is, so that at worst a warning comes with the next event. */
export class AddTerms1765300000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items ADD COLUMN terms jsonb;
      COMMENT ON COLUMN desk_items.terms IS 'Of a delegation: how the work stands to its time, budget and rights, and what was said of that.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE desk_items DROP COLUMN terms');
  }
}
