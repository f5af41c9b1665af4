import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout. They write handoffs of people alone, as
 * what is given to agents comes only once intake and routing are of this release.
 */
export class AddAgentsTurn1765000000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN kind text, ADD COLUMN offer_id uuid, ADD COLUMN lease_seconds integer;
      COMMENT ON COLUMN handoffs.offer_id IS 'While it is an agent''s turn: the offer, or the task that it made the agent''s own.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE handoffs DROP COLUMN kind, DROP COLUMN offer_id, DROP COLUMN lease_seconds');
  }
}
