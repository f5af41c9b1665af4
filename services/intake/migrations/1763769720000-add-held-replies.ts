import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** A table of its own: the previous release does not know it, and goes on refusing early replies during the rollout. */
export class AddHeldReplies1763769720000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE held_replies (
        request_id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY,
        topic text NOT NULL,
        "partition" integer NOT NULL,
        "offset" bigint NOT NULL,
        "timestamp" text NOT NULL,
        tenant text NOT NULL,
        agent_id text,
        task_id text,
        handoff_id uuid,
        cause jsonb NOT NULL,
        sent bytea NOT NULL,
        held_until timestamptz NOT NULL
      );
      COMMENT ON TABLE held_replies IS 'Replies about handoffs that are not here yet; the topics have no order between them.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE held_replies');
  }
}
