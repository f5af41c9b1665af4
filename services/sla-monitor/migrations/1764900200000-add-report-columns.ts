import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout; what they alone have seen of a handoff
 * is reported under no team and no agent. A block range index, as a handoff is updated with each event: one that had an entry for each row
 * would have each of them written anew when the acceptance is read.
 */
export class AddReportColumns1764900200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN team text, ADD COLUMN agent_id text, ADD COLUMN breached_levels integer[];
      COMMENT ON COLUMN handoffs.team IS 'Whose turn it was when the SLA ran out, or at the end where that came first.';
      COMMENT ON COLUMN handoffs.breached_levels IS 'Each once, however often it was asked.';
      CREATE INDEX handoffs_accepted ON handoffs USING brin (accepted_at) WITH (pages_per_range = 32, autosummarize = on);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX handoffs_accepted;
      ALTER TABLE handoffs DROP COLUMN team, DROP COLUMN agent_id, DROP COLUMN breached_levels;
    `);
  }
}
