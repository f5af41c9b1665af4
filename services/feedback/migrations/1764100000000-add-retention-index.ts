import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For the cleaning alone, which looks for what is old. An index changes nothing for the previous release. */
export class AddRetentionIndex1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX decisions_by_time ON decisions (decided_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX decisions_by_time');
  }
}
