import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** The first release's tables; nothing wrote to this schema before. */
export class CreateIntakeTables1763769660000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE handoffs (
        handoff_id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY,
        tenant text NOT NULL,
        agent_id text,
        task_id text,
        kind text,
        urgency text,
        packet_version integer NOT NULL DEFAULT 0,
        completeness jsonb,
        action_digest text,
        accepted_at timestamptz,
        routed_at timestamptz,
        ended_at timestamptz,
        status text NOT NULL,
        sequence integer NOT NULL,
        act_sequence integer NOT NULL DEFAULT 0,
        progress jsonb NOT NULL,
        decision jsonb,
        feedback jsonb
      ) WITH (fillfactor = 80);
      COMMENT ON TABLE handoffs IS 'The answer as agents read it.';
      COMMENT ON COLUMN handoffs.number IS 'The order in which lists are read on; it means nothing else.';
      COMMENT ON COLUMN handoffs.accepted_at IS 'Null where other services told of the handoff before its acceptance was here.';
      COMMENT ON COLUMN handoffs.sequence IS 'Plus one with each change that its agent may see; also the sequence of our events.';
      COMMENT ON COLUMN handoffs.act_sequence IS 'The sequence that last brought something to act on.';
      CREATE INDEX handoffs_by_agent ON handoffs (tenant, agent_id, number DESC);
      CREATE INDEX handoffs_open_by_agent ON handoffs (tenant, agent_id, number DESC) WHERE ended_at IS NULL;
      CREATE INDEX handoffs_by_task ON handoffs (tenant, task_id, number DESC);
      CREATE INDEX handoffs_unrouted ON handoffs (accepted_at) WHERE routed_at IS NULL AND ended_at IS NULL;

      CREATE TABLE packets (
        handoff_id uuid NOT NULL,
        packet_version integer NOT NULL,
        sent bytea NOT NULL,
        PRIMARY KEY (handoff_id, packet_version)
      );
      COMMENT ON COLUMN packets.sent IS 'The bytes as they came, encrypted; from version 2 on the packet that the context made.';
      ALTER TABLE packets ALTER COLUMN sent SET STORAGE EXTERNAL;

      CREATE TABLE newness (
        key uuid PRIMARY KEY,
        rule text NOT NULL,
        handoff_id uuid NOT NULL,
        content_digest text NOT NULL,
        until timestamptz
      );
      COMMENT ON COLUMN newness.key IS 'Derived from tenant, agent, rule and what the rule compares.';
      COMMENT ON COLUMN newness.until IS 'Where the same again is new again from some instant on.';

      CREATE TABLE requests (
        request_id uuid PRIMARY KEY,
        handoff_id uuid NOT NULL,
        type text NOT NULL,
        reason text,
        packet_version integer,
        state text NOT NULL,
        decision_id uuid,
        asked_at timestamptz NOT NULL,
        settled_at timestamptz
      );
      CREATE INDEX requests_by_handoff ON requests (handoff_id, asked_at DESC);
      CREATE INDEX requests_pending ON requests (handoff_id) WHERE state = 'pending';

      CREATE TABLE rejections (
        rejection_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        agent_id text,
        task_id text,
        topic text NOT NULL,
        "partition" integer NOT NULL,
        "offset" bigint NOT NULL,
        errors jsonb NOT NULL,
        sent bytea,
        rejected_at timestamptz NOT NULL
      );
      CREATE INDEX rejections_by_time ON rejections (rejected_at);

      CREATE TABLE agent_keys (
        key_hash text PRIMARY KEY,
        agent_id text NOT NULL,
        tenant text NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE agent_keys, rejections, requests, newness, packets, handoffs');
  }
}
