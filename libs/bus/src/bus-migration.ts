import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** What every service's schema needs to consume and publish; the same in each, so it is declared once and run by all. */
export class CreateBusTables1763769600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';
      COMMENT ON FUNCTION handoff_now() IS 'The one clock of this schema; tests move it by replacing it.';

      CREATE TABLE consumed_offsets (
        group_id text NOT NULL,
        topic text NOT NULL,
        "partition" integer NOT NULL,
        next_offset bigint NOT NULL,
        PRIMARY KEY (group_id, topic, "partition")
      );

      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        topic text NOT NULL,
        key text,
        headers jsonb NOT NULL,
        value text,
        encoding text NOT NULL,
        created_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN outbox.id IS 'UUID v7: the order of writing.';
      COMMENT ON COLUMN outbox.encoding IS 'utf8, or base64 where the bytes are somebody else''s.';

      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        topic text NOT NULL,
        "partition" integer NOT NULL,
        "offset" bigint NOT NULL,
        key bytea,
        value bytea,
        headers jsonb NOT NULL,
        error_code text NOT NULL,
        error_message text NOT NULL,
        died_at timestamptz NOT NULL,
        replayed_at timestamptz
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE dead_letters, outbox, consumed_offsets; DROP FUNCTION handoff_now()');
  }
}
