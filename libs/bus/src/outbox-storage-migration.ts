import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * A row of the outbox lives for less than a second, so what compressing its packet saves on the disk is not worth the work. Rows that
 * are written from now on are stored so; it changes nothing for replicas of the previous release.
 */
export class StoreOutboxPlain1764700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE outbox ALTER COLUMN value SET STORAGE EXTERNAL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE outbox ALTER COLUMN value SET STORAGE EXTENDED;
    `);
  }
}
