import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table; the previous release knows no templates, and takes what was filled in as what was sent. */
export class AddTemplates1765000000500 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE templates (
        tenant text NOT NULL,
        id text NOT NULL,
        version integer NOT NULL,
        template jsonb NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, id, version)
      );
      COMMENT ON TABLE templates IS 'An installation''s own, beside those that ship as files; a version stays as it is.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE templates');
  }
}
