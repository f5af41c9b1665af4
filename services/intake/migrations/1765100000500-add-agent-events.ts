import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, which the previous release leaves alone; what it hears while it runs is in an agent's view, and in no stream. */
export class AddAgentEvents1765100000500 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agent_events (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        position bigint,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        handoff_id uuid NOT NULL,
        kind text NOT NULL,
        said jsonb,
        heard_at timestamptz NOT NULL
      );
      COMMENT ON TABLE agent_events IS 'What there is to act on, for agents that have a key, in the order in which it is told.';
      COMMENT ON COLUMN agent_events.position IS 'Given when the agent''s events are first read, one reader after the other: by number alone, one that commits late would be overlooked.';
      COMMENT ON COLUMN agent_events.said IS 'An assignment; a decision and feedback are the handoff''s own.';
      CREATE INDEX agent_events_by_agent ON agent_events (tenant, agent_id, position);
      CREATE INDEX agent_events_heard ON agent_events USING brin (heard_at);
      CREATE SEQUENCE agent_event_positions;

      CREATE TABLE agent_webhooks (
        tenant text NOT NULL,
        agent_id text NOT NULL,
        url text NOT NULL,
        secret bytea NOT NULL,
        position bigint NOT NULL,
        state text NOT NULL,
        error text,
        attempts integer NOT NULL,
        failing_since timestamptz,
        due_at timestamptz NOT NULL,
        claimed_by uuid,
        lease_until timestamptz,
        PRIMARY KEY (tenant, agent_id)
      );
      COMMENT ON TABLE agent_webhooks IS 'Where agents are told that cannot ask: a stream that is sent, one event after the other.';
      COMMENT ON COLUMN agent_webhooks.secret IS 'Encrypted, as packets are.';
      COMMENT ON COLUMN agent_webhooks.position IS 'Of the last event that was taken there.';
      COMMENT ON COLUMN agent_webhooks.state IS 'on; off after the receiver wanted no more, failed for days, or is at an address that must not be reached';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE agent_webhooks, agent_events; DROP SEQUENCE agent_event_positions');
  }
}
