import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For the audit, and nearly always empty. An index changes nothing for the previous release. */
export class AddEndingIndex1763813520000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX assignments_ending ON assignments (handoff_id) WHERE state = 'ending'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX assignments_ending');
  }
}
