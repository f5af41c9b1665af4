import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For an agent's list of what it gave; most handoffs have no such row. An index changes nothing for the previous release. */
export class IndexGivenBy1765700000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX handoffs_given_by ON handoffs (tenant, given_by, number DESC) WHERE given_by IS NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX handoffs_given_by');
  }
}
