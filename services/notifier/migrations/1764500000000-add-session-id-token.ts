import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable, so replicas of the previous release keep opening sessions during the rollout. */
export class AddSessionIdToken1764500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE sessions ADD COLUMN id_token text;
      COMMENT ON COLUMN sessions.id_token IS 'names the session at the identity provider when it is to end there too';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE sessions DROP COLUMN id_token');
  }
}
