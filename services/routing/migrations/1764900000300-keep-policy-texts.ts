import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: the previous release writes versions without them; such a version came from its file, and shows no text. */
export class KeepPolicyTexts1764900000300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE policies ADD COLUMN text text, ADD COLUMN source text NOT NULL DEFAULT 'file' CHECK (source IN ('file', 'api')),
        ADD COLUMN loaded_by text;
      COMMENT ON COLUMN policies.text IS 'As its author wrote it, with its placeholders; null where an earlier release kept it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE policies DROP COLUMN text, DROP COLUMN source, DROP COLUMN loaded_by');
  }
}
