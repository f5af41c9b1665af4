import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, and a column that the previous release leaves empty: it holds no reply that names an offer. */
export class AddOffers1765000000300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE offers (
        offer_id uuid PRIMARY KEY,
        number bigint GENERATED ALWAYS AS IDENTITY,
        handoff_id uuid NOT NULL,
        tenant text NOT NULL,
        agent_id text NOT NULL,
        state text NOT NULL,
        due_by timestamptz,
        told jsonb NOT NULL,
        told_at timestamptz NOT NULL
      );
      COMMENT ON TABLE offers IS 'Tasks that agents were offered, as handoff.assignments tells; who has one is routing''s to say.';
      COMMENT ON COLUMN offers.state IS 'offered, confirmed, delivered; lapsed and cancelled are for good';
      CREATE INDEX offers_by_handoff ON offers (handoff_id);
      CREATE INDEX offers_by_agent ON offers (tenant, agent_id, number DESC);

      CREATE TABLE agents (
        tenant text NOT NULL,
        agent_id text NOT NULL,
        event text NOT NULL,
        abilities jsonb NOT NULL,
        alive_until timestamptz NOT NULL,
        told_until timestamptz NOT NULL,
        revision integer NOT NULL,
        PRIMARY KEY (tenant, agent_id)
      );
      COMMENT ON COLUMN agents.told_until IS 'As handoff.agents has it; heartbeats in between are kept here alone.';
      CREATE INDEX agents_silent ON agents (alive_until) WHERE event IN ('registered', 'alive');

      ALTER TABLE held_replies ADD COLUMN offer_id uuid;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE held_replies DROP COLUMN offer_id; DROP TABLE agents, offers');
  }
}
