import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table, which a replica of the previous release knows nothing of. */
export class AddDeadLetterPages1764000100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE dead_letter_pages (
        id uuid PRIMARY KEY,
        state text NOT NULL,
        page jsonb NOT NULL,
        due_at timestamptz NOT NULL,
        paged_at timestamptz,
        lease_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        last_error text
      );
      COMMENT ON COLUMN dead_letter_pages.state IS 'collecting until it is due, sending (until lease_until), due again, delivered, failed';
      COMMENT ON COLUMN dead_letter_pages.paged_at IS 'When it was first sent; nothing is added to it from then on.';
      CREATE UNIQUE INDEX dead_letter_pages_collecting ON dead_letter_pages (state) WHERE state = 'collecting';
      CREATE INDEX dead_letter_pages_due ON dead_letter_pages (due_at) WHERE state IN ('collecting', 'due', 'sending');
      CREATE INDEX dead_letter_pages_paged ON dead_letter_pages (paged_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE dead_letter_pages');
  }
}
