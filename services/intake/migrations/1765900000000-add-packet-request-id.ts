import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a column that the previous release leaves empty. It tells a delivery that is read again only where this release has taken it. */
export class AddPacketRequestId1765900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE packets ADD COLUMN request_id uuid;
      COMMENT ON COLUMN packets.request_id IS 'Of a version that is a delivery: the reply that it came in.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE packets DROP COLUMN request_id');
  }
}
