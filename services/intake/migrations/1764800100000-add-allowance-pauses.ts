import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release takes from the same rows and knows of no pause until it is replaced. */
export class AddAllowancePauses1764800100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE allowances ADD COLUMN paused_until timestamptz, ADD COLUMN pause_reason text, ADD COLUMN pause_version integer;
      COMMENT ON COLUMN allowances.paused_until IS 'People have paused the agent: nothing new of it is admitted before that.';
      COMMENT ON COLUMN allowances.pause_version IS 'Of handoff.controls; an older one changes nothing.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE allowances DROP COLUMN paused_until, DROP COLUMN pause_reason, DROP COLUMN pause_version');
  }
}
