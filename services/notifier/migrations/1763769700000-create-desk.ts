import type { MigrationInterface, QueryRunner } from '@handoff/store';

export class CreateDesk1763769700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE desk_items (
        handoff_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        state text NOT NULL,
        task_id text, agent_id text, kind text, urgency text,
        title text, reason_code text, action_name text, requested_by text,
        packet_version integer NOT NULL DEFAULT 0,
        accepted_sequence integer NOT NULL DEFAULT 0,
        accepted_at timestamptz,
        action_digest text,
        routed jsonb,
        routed_sequence integer NOT NULL DEFAULT 0,
        decide_by timestamptz,
        acknowledged_by text,
        acknowledged_at timestamptz,
        traceparent text,
        sequence integer NOT NULL DEFAULT 0,
        ended_at timestamptz
      );
      COMMENT ON COLUMN desk_items.state IS 'arriving: packet or routing still missing; open; ended';
      CREATE INDEX desk_items_open ON desk_items (tenant, decide_by) WHERE state = 'open';
      CREATE INDEX desk_items_ended ON desk_items (tenant, ended_at DESC) WHERE state = 'ended';

      CREATE INDEX desk_items_task ON desk_items (tenant, agent_id, task_id);

      CREATE TABLE packets (
        handoff_id uuid NOT NULL,
        packet_version integer NOT NULL,
        packet jsonb NOT NULL,
        completeness jsonb NOT NULL,
        PRIMARY KEY (handoff_id, packet_version)
      );

      CREATE TABLE decisions (
        handoff_id uuid PRIMARY KEY,
        decision_id uuid NOT NULL UNIQUE,
        decision jsonb NOT NULL,
        decided_at timestamptz NOT NULL
      );
      COMMENT ON TABLE decisions IS 'The key is the promise: a handoff ends once.';

      CREATE TABLE notifications (
        id uuid PRIMARY KEY,
        handoff_id uuid NOT NULL,
        level integer NOT NULL,
        cycle integer NOT NULL,
        recipient text NOT NULL,
        channel text NOT NULL,
        state text NOT NULL,
        due_at timestamptz NOT NULL,
        lease_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        delivered_at timestamptz,
        UNIQUE (handoff_id, level, cycle, recipient, channel)
      );
      COMMENT ON COLUMN notifications.state IS 'due, sending (until lease_until), delivered, failed, withdrawn';
      CREATE INDEX notifications_due ON notifications (due_at) WHERE state IN ('due', 'sending');

      CREATE TABLE directory (
        id text PRIMARY KEY,
        tenant text NOT NULL,
        version integer NOT NULL,
        entry jsonb NOT NULL
      );

      CREATE TABLE sessions (
        token_hash text PRIMARY KEY,
        subject text NOT NULL,
        tenant text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );

      CREATE TABLE audit_log (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        tenant text NOT NULL,
        subject text NOT NULL,
        act text NOT NULL,
        handoff_id uuid,
        details jsonb NOT NULL
      );
      CREATE INDEX audit_log_handoff ON audit_log (handoff_id, at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE audit_log, sessions, directory, notifications, decisions, packets, desk_items');
  }
}
