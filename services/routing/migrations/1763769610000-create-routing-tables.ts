import type { MigrationInterface, QueryRunner } from '@handoff/store';

export class CreateRoutingTables1763769610000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE policies (
        tenant text NOT NULL,
        version integer NOT NULL,
        hash text NOT NULL,
        document jsonb NOT NULL,
        loaded_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, version)
      );

      CREATE TABLE tasks (
        tenant text NOT NULL,
        agent_id text NOT NULL,
        task_id text NOT NULL,
        PRIMARY KEY (tenant, agent_id, task_id)
      );
      COMMENT ON TABLE tasks IS 'Locked before the handoffs of a task are judged together: replicas see them one after the other.';

      CREATE TABLE assignments (
        handoff_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        task_id text NOT NULL,
        action_digest text,
        packet_version integer NOT NULL,
        urgency text NOT NULL,
        accepted_at timestamptz NOT NULL,
        intake_sequence integer NOT NULL,
        policy_version integer NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'ending', 'ended')),
        routed jsonb NOT NULL,
        sequence integer NOT NULL GENERATED ALWAYS AS ((routed ->> 'sequence')::integer) STORED,
        level integer NOT NULL GENERATED ALWAYS AS ((routed -> 'level' ->> 'number')::integer) STORED,
        cycle integer NOT NULL GENERATED ALWAYS AS ((routed ->> 'cycle')::integer) STORED,
        duplicate_of uuid GENERATED ALWAYS AS ((routed ->> 'duplicate_of')::uuid) STORED
      );
      CREATE INDEX assignments_not_ended ON assignments (tenant, agent_id, task_id) WHERE state <> 'ended';
      COMMENT ON COLUMN assignments.routed IS 'The last event of handoff.routed, whole: what holds, and what is said again if it did not arrive.';

      CREATE TABLE held_events (
        handoff_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('clock', 'decision', 'superseded')),
        identity text NOT NULL,
        tenant text NOT NULL,
        event jsonb NOT NULL,
        held_at timestamptz NOT NULL,
        PRIMARY KEY (handoff_id, kind, identity)
      );
      COMMENT ON TABLE held_events IS 'What arrived before its handoff. A decision stays: such a handoff ended before it began here.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE held_events, assignments, tasks, policies');
  }
}
