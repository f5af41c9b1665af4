import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** The service's first tables; nothing of an earlier release is there to be kept working. */
export class CreateExamples1763769700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE examples (
        handoff_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        revision integer NOT NULL,
        sequence integer NOT NULL
      );
      COMMENT ON TABLE examples IS 'Where the records of a handoff meet, whichever comes first; its lock is taken before they are added.';
      COMMENT ON COLUMN examples.revision IS 'Of the newest label; 0 before the first.';

      CREATE TABLE recommendations (
        handoff_id uuid NOT NULL REFERENCES examples ON DELETE CASCADE,
        packet_version integer NOT NULL,
        agent_id text NOT NULL,
        task_id text NOT NULL,
        kind text NOT NULL,
        reason_code text NOT NULL,
        urgency text NOT NULL,
        action jsonb NOT NULL,
        action_digest text NOT NULL,
        agent jsonb,
        features jsonb,
        packet jsonb NOT NULL,
        accepted_at timestamptz NOT NULL,
        PRIMARY KEY (handoff_id, packet_version)
      );
      COMMENT ON TABLE recommendations IS 'What the agent said, a row per packet version; never changed.';

      CREATE TABLE decisions (
        handoff_id uuid PRIMARY KEY REFERENCES examples ON DELETE CASCADE,
        decision_id uuid NOT NULL,
        packet_version integer NOT NULL,
        type text NOT NULL,
        decision jsonb NOT NULL,
        decided_at timestamptz NOT NULL
      );
      COMMENT ON TABLE decisions IS 'What the person decided, or how it ended without one; never changed.';

      CREATE TABLE labels (
        handoff_id uuid NOT NULL REFERENCES examples ON DELETE CASCADE,
        revision integer NOT NULL,
        escalation jsonb NOT NULL,
        recommendation jsonb NOT NULL,
        note text NOT NULL,
        labelled_at timestamptz NOT NULL,
        PRIMARY KEY (handoff_id, revision)
      );
      COMMENT ON TABLE labels IS 'Was asking right, was the recommendation right; a later revision replaces an earlier one and leaves it here.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE labels, decisions, recommendations, examples');
  }
}
