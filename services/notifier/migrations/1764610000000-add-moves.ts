import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: a new table and nullable columns, so replicas of the previous release keep writing rows during the rollout. Such a replica
 * decides alone what this one would have counted votes on; policies that need several answers come with this release.
 */
export class AddMoves1764610000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE moves (
        handoff_id uuid NOT NULL,
        sequence integer NOT NULL,
        move jsonb NOT NULL,
        PRIMARY KEY (handoff_id, sequence)
      );
      COMMENT ON TABLE moves IS 'The thread of a handoff: what people did and said short of deciding, and what its agent answered.';

      ALTER TABLE desk_items
        ADD COLUMN deferred_until timestamptz,
        ADD COLUMN paused_until timestamptz,
        ADD COLUMN question jsonb,
        ADD COLUMN votes jsonb,
        ADD COLUMN urgency_set text,
        ADD COLUMN amount jsonb,
        ADD COLUMN holder text,
        ADD COLUMN recall jsonb;
      COMMENT ON COLUMN desk_items.question IS 'What the agent was asked and has not answered.';
      COMMENT ON COLUMN desk_items.holder IS 'On whose list the task is since it was taken over.';
      CREATE INDEX desk_items_held ON desk_items (tenant, holder) WHERE holder IS NOT NULL;
      CREATE INDEX desk_items_action ON desk_items (tenant, action_digest, ended_at DESC) WHERE state = 'ended';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE moves;
      DROP INDEX desk_items_action;
      ALTER TABLE desk_items DROP COLUMN deferred_until, DROP COLUMN paused_until, DROP COLUMN question, DROP COLUMN votes,
        DROP COLUMN urgency_set, DROP COLUMN amount, DROP COLUMN holder, DROP COLUMN recall`);
  }
}
