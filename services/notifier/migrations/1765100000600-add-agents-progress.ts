import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release leaves it as it is, so that at worst an older word is shown. */
export class AddAgentsProgress1765100000600 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items ADD COLUMN progress jsonb;
      COMMENT ON COLUMN desk_items.progress IS 'The last that the agent said of how its task goes.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE desk_items DROP COLUMN progress');
  }
}
