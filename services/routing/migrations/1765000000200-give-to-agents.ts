import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: a new table, a column that the previous release leaves empty, and one kind of held events more. A replica of the previous
 * release asks people for what this one would offer to agents, so intake, which brings such handoffs, is the last to be of this release.
 */
export class GiveToAgents1765000000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE agents (
        id text PRIMARY KEY,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        revision integer NOT NULL,
        event text NOT NULL,
        capabilities jsonb NOT NULL,
        most_at_once integer NOT NULL,
        alive_until timestamptz NOT NULL
      );
      COMMENT ON TABLE agents IS 'As handoff.agents tells; an older revision changes nothing.';

      ALTER TABLE assignments ADD COLUMN giving jsonb;
      COMMENT ON COLUMN assignments.giving IS 'Who may get it, who had it and who reviews it; null where people are asked from the beginning.';
      CREATE INDEX assignments_with_agents ON assignments ((routed -> 'agent' ->> 'agent_id')) WHERE giving IS NOT NULL AND state = 'open';

      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check CHECK (kind IN ('clock', 'move', 'decision', 'superseded', 'reply'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM held_events WHERE kind = 'reply';
      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check CHECK (kind IN ('clock', 'move', 'decision', 'superseded'));
      DROP INDEX assignments_with_agents;
      ALTER TABLE assignments DROP COLUMN giving;
      DROP TABLE agents`);
  }
}
