import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, which a replica of the previous release knows nothing of. */
export class AddActionTokens1764600200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE action_tokens (
        token_hash text PRIMARY KEY,
        tenant text NOT NULL,
        handoff_id uuid NOT NULL,
        packet_version integer NOT NULL,
        subject text NOT NULL,
        channel text NOT NULL,
        action text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      COMMENT ON TABLE action_tokens IS 'What a button of a copy is good for: this answer, by this person, to this version, once.';
      CREATE INDEX action_tokens_expiry ON action_tokens (expires_at);
      CREATE INDEX action_tokens_handoff ON action_tokens (handoff_id);

      CREATE TABLE account_links (
        code_hash text PRIMARY KEY,
        tenant text NOT NULL,
        subject text NOT NULL,
        channel text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE account_links IS 'Somebody who is signed in asked for a code, and says it to the channel as whoever she is there.';

      CREATE TABLE taken_callbacks (
        signature text PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      COMMENT ON TABLE taken_callbacks IS 'Signed callbacks that were taken, for as long as their signature would be; the same one again is a replay.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE taken_callbacks, account_links, action_tokens');
  }
}
