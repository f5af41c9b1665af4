import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: new tables, an index, and columns that are null or have a default, of which the previous release knows nothing. What it labels
 * meanwhile has the first version of the rules, and is labelled anew by the next start.
 */
export class AddOutcomes1765200000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE outcomes (
        outcome_id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        task_id text NOT NULL,
        result text NOT NULL,
        handoff_id uuid,
        decision_id uuid,
        executed_digest text,
        ended_at timestamptz,
        text text NOT NULL,
        packet jsonb,
        received_at timestamptz NOT NULL
      );
      CREATE INDEX outcomes_by_time ON outcomes (received_at);
      COMMENT ON TABLE outcomes IS 'How tasks ended, as they were told; never changed.';
      COMMENT ON COLUMN outcomes.number IS 'In the order in which they came: the newest of a handoff counts.';

      CREATE TABLE outcome_links (
        outcome_id uuid PRIMARY KEY REFERENCES outcomes ON DELETE CASCADE,
        handoff_id uuid NOT NULL REFERENCES examples ON DELETE CASCADE
      );
      CREATE INDEX outcome_links_by_handoff ON outcome_links (handoff_id);
      COMMENT ON TABLE outcome_links IS 'Which handoff an outcome is about, once that was found; its example is locked as it is written.';

      CREATE TABLE waiting_outcomes (
        outcome_id uuid PRIMARY KEY REFERENCES outcomes ON DELETE CASCADE,
        look_at timestamptz NOT NULL,
        until timestamptz NOT NULL
      );
      CREATE INDEX waiting_outcomes_due ON waiting_outcomes (look_at);
      COMMENT ON TABLE waiting_outcomes IS 'Outcomes whose handoff is not here: topics have no order between them, or there was none.';

      CREATE TABLE unapproved_actions (
        outcome_id uuid PRIMARY KEY REFERENCES outcomes ON DELETE CASCADE,
        handoff_id uuid NOT NULL REFERENCES examples ON DELETE CASCADE,
        decision_id uuid NOT NULL,
        found_at timestamptz NOT NULL
      );
      CREATE INDEX unapproved_actions_by_time ON unapproved_actions (found_at);
      COMMENT ON TABLE unapproved_actions IS 'Security events: what was carried out is not what was approved.';

      CREATE TABLE rejections (
        rejection_id uuid PRIMARY KEY,
        topic text NOT NULL,
        "partition" integer NOT NULL,
        "offset" bigint NOT NULL,
        task_id text,
        agent_id text,
        errors jsonb NOT NULL,
        rejected_at timestamptz NOT NULL
      );
      CREATE INDEX rejections_by_time ON rejections (rejected_at);

      CREATE INDEX recommendations_by_task ON recommendations (task_id, agent_id);
      ALTER TABLE examples ADD COLUMN outcome bigint, ADD COLUMN rules_version integer;
      COMMENT ON COLUMN examples.outcome IS 'The number of the outcome that the newest label has taken in; null before the first.';
      COMMENT ON COLUMN examples.rules_version IS 'Of the rules that said the newest label last; null for the first.';
      ALTER TABLE labels ADD COLUMN rules_version integer NOT NULL DEFAULT 1;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE labels DROP COLUMN rules_version;
      ALTER TABLE examples DROP COLUMN outcome, DROP COLUMN rules_version;
      DROP INDEX recommendations_by_task;
      DROP TABLE rejections, unapproved_actions, waiting_outcomes, outcome_links, outcomes;
    `);
  }
}
