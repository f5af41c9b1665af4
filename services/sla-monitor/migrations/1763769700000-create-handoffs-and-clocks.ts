import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** The service's first tables; nothing of an earlier release is there to be kept working. */
export class CreateHandoffsAndClocks1763769700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE handoffs (
        handoff_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'ended')),
        packet_version integer NOT NULL,
        urgency text,
        accepted_at timestamptz,
        expires_at timestamptz,
        level integer NOT NULL,
        cycle integer NOT NULL,
        routed_at timestamptz,
        ack_by timestamptz,
        decide_by timestamptz,
        breached_at timestamptz,
        acknowledged_level integer,
        acknowledged_cycle integer,
        sla_class text,
        sla_due_at timestamptz,
        decided_at timestamptz,
        decided_level integer,
        met boolean,
        sequence integer NOT NULL,
        accepted_sequence integer NOT NULL,
        routed_sequence integer NOT NULL,
        moved_sequence integer NOT NULL,
        traceparent text
      );
      COMMENT ON COLUMN handoffs.met IS 'The SLA''s result; null until it is settled, or where no person decided.';
      COMMENT ON COLUMN handoffs.sequence IS 'Of this service''s events about the handoff.';

      CREATE TABLE clocks (
        handoff_id uuid NOT NULL REFERENCES handoffs ON DELETE CASCADE,
        clock text NOT NULL,
        share double precision NOT NULL,
        level integer NOT NULL,
        cycle integer NOT NULL,
        due_at timestamptz NOT NULL,
        armed_at timestamptz NOT NULL,
        PRIMARY KEY (handoff_id, clock, share)
      );
      COMMENT ON TABLE clocks IS 'Armed ones only. Changed under the lock of the handoff''s row.';
      COMMENT ON COLUMN clocks.share IS 'Below 1: a warning, when this share of the window has passed.';
      CREATE INDEX clocks_due ON clocks (due_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE clocks, handoffs');
  }
}
