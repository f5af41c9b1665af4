import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable; a replica of the previous release does not say from where. The indexes are for reading the log by person and by time. */
export class AddAuditPlaces1764800300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE audit_log ADD COLUMN channel text, ADD COLUMN address text;
      COMMENT ON COLUMN audit_log.channel IS 'Where it was done: the desk, or the channel of a button.';
      COMMENT ON COLUMN audit_log.address IS 'The network address that it came from, where one is known.';
      CREATE INDEX audit_log_tenant ON audit_log (tenant, at DESC, id DESC);
      CREATE INDEX audit_log_subject ON audit_log (tenant, subject, at DESC, id DESC);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX audit_log_tenant, audit_log_subject;
      ALTER TABLE audit_log DROP COLUMN channel, DROP COLUMN address;
    `);
  }
}
