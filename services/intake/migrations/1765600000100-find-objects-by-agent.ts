import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: an index. The previous release counts nothing at an object's beginning, so its uploads count once they are stored. */
export class FindObjectsByAgent1765600000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX objects_by_agent ON objects (tenant, agent_id) INCLUDE (size, keep_until);
      COMMENT ON COLUMN objects.size IS 'In bytes; while it is written, of as many as it may have.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX objects_by_agent');
  }
}
