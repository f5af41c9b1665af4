import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, which the previous release knows nothing of. */
export class AddObjects1765100000900 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE objects (
        name uuid PRIMARY KEY,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        sha256 text NOT NULL,
        size bigint NOT NULL DEFAULT 0,
        state text NOT NULL,
        keep_until timestamptz NOT NULL
      );
      COMMENT ON TABLE objects IS 'What is in the object store, by its name there: one for each time that something was put.';
      COMMENT ON COLUMN objects.state IS 'writing, or stored; what goes on being written after keep_until was given up';
      CREATE INDEX objects_by_sum ON objects (tenant, sha256);
      CREATE INDEX objects_until ON objects (keep_until);

      CREATE TABLE object_uses (
        handoff_id uuid NOT NULL,
        name uuid NOT NULL,
        PRIMARY KEY (handoff_id, name)
      );
      COMMENT ON TABLE object_uses IS 'Which handoffs name it: whoever one is offered to may read it.';
      CREATE INDEX object_uses_by_name ON object_uses (name);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE object_uses, objects');
  }
}
