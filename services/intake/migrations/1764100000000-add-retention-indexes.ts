import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** For the cleaning alone, which looks for what is old. An index changes nothing for the previous release. */
export class AddRetentionIndexes1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX handoffs_ended ON handoffs (ended_at) WHERE ended_at IS NOT NULL;
      CREATE INDEX newness_by_handoff ON newness (handoff_id);
      CREATE INDEX newness_until ON newness (until) WHERE until IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX handoffs_ended, newness_by_handoff, newness_until');
  }
}
