import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: nullable, so replicas of the previous release keep writing rows during the rollout; whom they asked has no instant. */
export class AddTurns1764950000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments ADD COLUMN asked_at timestamptz, ADD COLUMN turns jsonb;
      COMMENT ON COLUMN assignments.asked_at IS 'Since when it is their turn.';
      COMMENT ON COLUMN assignments.turns IS 'Whose turn it was before; null while it is the first one''s.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE assignments DROP COLUMN asked_at, DROP COLUMN turns');
  }
}
