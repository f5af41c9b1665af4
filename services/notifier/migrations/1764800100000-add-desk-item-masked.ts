import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release writes items without it, and none of its packets is masked. */
export class AddDeskItemMasked1764800100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items ADD COLUMN masked jsonb;
      COMMENT ON COLUMN desk_items.masked IS 'JSON Pointers of the leaves of the newest packet whose secrets are masked.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE desk_items DROP COLUMN masked');
  }
}
