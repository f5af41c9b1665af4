import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For the audit: it looks at the open ones alone, however many have ended. An index changes nothing for the previous release. */
export class AddOpenHandoffsIndex1763813520000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX handoffs_open ON handoffs (handoff_id) WHERE state = 'open'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX handoffs_open');
  }
}
