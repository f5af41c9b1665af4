import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Compressing a packet cost more than everything else that is done with it here, for a saving of about a kilobyte. Rows that are written from
 * now on are stored so; it changes nothing for the previous release.
 */
export class KeepPacketsUncompressed1764900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE recommendations ALTER COLUMN packet SET STORAGE EXTERNAL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE recommendations ALTER COLUMN packet SET STORAGE EXTENDED');
  }
}
