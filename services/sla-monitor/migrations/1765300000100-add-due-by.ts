import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout. Of a delegation that they alone have
 * seen nothing is watched until its next event. One that looks while a `due_by` falls due fails that look and tries again, by when a replica of this release has fired it.
 */
export class AddDueBy1765300000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE handoffs ADD COLUMN due_by timestamptz, ADD COLUMN due_version integer, ADD COLUMN delivered_at timestamptz,
        ADD COLUMN delivered_offer uuid, ADD COLUMN late_at timestamptz, ADD COLUMN due_met boolean;
      COMMENT ON COLUMN handoffs.due_by IS 'Until when a delegation''s work is needed.';
      COMMENT ON COLUMN handoffs.late_at IS 'When it was told that due_by has passed; once.';
      COMMENT ON COLUMN handoffs.due_met IS 'Whether it was delivered by then; null until that is settled.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM clocks WHERE clock = 'due_by';
      ALTER TABLE handoffs DROP COLUMN due_by, DROP COLUMN due_version, DROP COLUMN delivered_at, DROP COLUMN delivered_offer,
        DROP COLUMN late_at, DROP COLUMN due_met;
    `);
  }
}
