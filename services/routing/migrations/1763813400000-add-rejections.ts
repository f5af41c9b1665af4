import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: all nullable, so replicas of the previous release keep writing rows during the rollout. What they wrote, or saw rejected,
 * has no digest or no rejection here, and the same asked again goes to a person as it did before.
 */
export class AddRejections1763813400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments ADD COLUMN ask_digest text, ADD COLUMN rejection_id uuid, ADD COLUMN rejected_at timestamptz;
      COMMENT ON COLUMN assignments.ask_digest IS 'Of action, steps and state of the packet version that is kept here.';
      COMMENT ON COLUMN assignments.rejection_id IS 'The decision by which a person rejected that version.';
      CREATE INDEX assignments_rejected ON assignments (tenant, agent_id, task_id) WHERE rejected_at IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE assignments DROP COLUMN ask_digest, DROP COLUMN rejection_id, DROP COLUMN rejected_at');
  }
}
