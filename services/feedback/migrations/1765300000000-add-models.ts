import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, of which the previous release knows nothing. */
export class AddModels1765300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE models (
        version text PRIMARY KEY,
        state text NOT NULL CHECK (state IN ('shadow', 'champion', 'retired')),
        code_version text NOT NULL,
        cases integer NOT NULL,
        groups integer NOT NULL,
        learned_from timestamptz NOT NULL,
        learned_until timestamptz NOT NULL,
        figures jsonb NOT NULL,
        model bytea NOT NULL,
        training_seconds double precision NOT NULL,
        trained_at timestamptz NOT NULL,
        compared_cases integer NOT NULL DEFAULT 0
      );
      ALTER TABLE models ALTER COLUMN model SET STORAGE EXTERNAL;
      CREATE UNIQUE INDEX models_one_champion ON models (state) WHERE state = 'champion';
      CREATE UNIQUE INDEX models_one_shadow ON models (state) WHERE state = 'shadow';
      COMMENT ON COLUMN models.learned_until IS 'What came later was not learned from: models are compared on it.';
      COMMENT ON COLUMN models.figures IS 'On the later window, by slice, with calibration tables and tables of risk and coverage.';
      COMMENT ON COLUMN models.model IS 'A model file, as gzip.';
      COMMENT ON COLUMN models.compared_cases IS 'With how many later cases it was compared last: looking at each case anew would find luck.';

      CREATE TABLE model_events (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        version text NOT NULL REFERENCES models,
        event text NOT NULL,
        by text NOT NULL,
        why text NOT NULL,
        evidence jsonb,
        at timestamptz NOT NULL
      );
      COMMENT ON TABLE model_events IS 'What became of each model, by whom or what, and why; only ever added to.';

      CREATE TABLE model_health (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        version text REFERENCES models,
        cases integer NOT NULL,
        ece double precision,
        statistic double precision NOT NULL,
        bound double precision NOT NULL,
        is_off boolean NOT NULL,
        judged_until timestamptz NOT NULL
      );
      COMMENT ON TABLE model_health IS 'How well the champion, or the last one, has told what came since it was promoted.';

      CREATE TABLE advices (
        advice_id uuid PRIMARY KEY,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        task_id text,
        domain text NOT NULL,
        ask boolean NOT NULL,
        certified boolean NOT NULL,
        version text,
        p_fails_alone double precision,
        p_action_wrong double precision,
        shadow_version text,
        shadow_fails_alone double precision,
        shadow_action_wrong double precision,
        advised_at timestamptz NOT NULL
      );
      CREATE INDEX advices_by_task ON advices (tenant, agent_id, task_id);
      CREATE INDEX advices_by_time ON advices (advised_at);
      COMMENT ON TABLE advices IS 'What was advised, and what the challenger would have said; never changed.';
      CREATE INDEX labels_by_time ON labels (labelled_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX labels_by_time; DROP TABLE advices, model_health, model_events, models');
  }
}
