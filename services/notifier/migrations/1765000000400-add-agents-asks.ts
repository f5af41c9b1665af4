import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release leaves it empty, and knows of no agent that works on what a person gave it. */
export class AddAgentsAsks1765000000400 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE desk_items ADD COLUMN asks jsonb;
      COMMENT ON COLUMN desk_items.asks IS 'What the agent that works on it asked, and nobody has answered.';
      COMMENT ON COLUMN desk_items.state IS 'arriving: packet or routing still missing; with_agent: it works, or is asked to; open: people are asked; ended';
      CREATE INDEX desk_items_with_agent ON desk_items (tenant, accepted_at DESC) WHERE state = 'with_agent';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX desk_items_with_agent; ALTER TABLE desk_items DROP COLUMN asks');
  }
}
