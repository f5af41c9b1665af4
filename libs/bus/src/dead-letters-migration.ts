import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: what a replay needs to hand over the same record again, and what came of it. New columns are nullable or have a
 * default, so replicas of the previous release go on writing rows; those are replayed with their headers as text. The table is
 * small, and building its indexes holds up nobody.
 */
export class AddDeadLetterReplays1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE dead_letters
        ADD COLUMN record_timestamp bigint,
        ADD COLUMN raw_headers jsonb,
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN attempted_at timestamptz,
        ADD COLUMN attempted_by text,
        ADD COLUMN last_error text;
      COMMENT ON COLUMN dead_letters.record_timestamp IS 'Milliseconds since 1970, as the broker had it.';
      COMMENT ON COLUMN dead_letters.raw_headers IS 'Name and base64 of each header, in their order; "headers" is for people.';
      COMMENT ON COLUMN dead_letters.replayed_at IS 'Set by the one transaction that took the record into effect.';
      CREATE INDEX dead_letters_waiting ON dead_letters (died_at, id) WHERE replayed_at IS NULL;
      CREATE INDEX dead_letters_replayed ON dead_letters (replayed_at) WHERE replayed_at IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX dead_letters_waiting, dead_letters_replayed;
      ALTER TABLE dead_letters DROP COLUMN record_timestamp, DROP COLUMN raw_headers, DROP COLUMN attempts,
        DROP COLUMN attempted_at, DROP COLUMN attempted_by, DROP COLUMN last_error;
    `);
  }
}

/**
 * Expand step: an agent's unreadable record was refused and its agent told, so it is nobody's loss; what was given up on is. Rows of
 * the previous release are all of the second kind. The index is what an audit looks at, however many were refused.
 */
export class AddDeadLetterRefused1764000200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE dead_letters ADD COLUMN refused boolean NOT NULL DEFAULT false;
      CREATE INDEX dead_letters_lost ON dead_letters (died_at) WHERE replayed_at IS NULL AND NOT refused;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE dead_letters DROP COLUMN refused');
  }
}

/**
 * Expand step: one that is not to be replayed is settled by an operator's word. It has its `replayed_at`, so that the previous release
 * takes it for replayed, and lets it be.
 */
export class AddDeadLetterDismissed1764560000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE dead_letters ADD COLUMN dismissed boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN dead_letters.replayed_at IS 'Set by the one transaction that took the record into effect, or dismissed it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE dead_letters DROP COLUMN dismissed');
  }
}

/** Expand step: nullable; a replica of the previous release writes rows without it, and replays none that has it. */
export class AddDeadLetterSealed1764800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE dead_letters ADD COLUMN sealed bytea;
      COMMENT ON COLUMN dead_letters.sealed IS 'Key, value and headers of an agent''s record as they came, encrypted; the row shows them masked.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE dead_letters DROP COLUMN sealed');
  }
}
