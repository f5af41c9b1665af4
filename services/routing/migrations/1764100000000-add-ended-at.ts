import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: nullable, so replicas of the previous release keep writing rows during the rollout. What has ended before counts from
 * today, as nobody knows better; what such a replica ends meanwhile has no instant and stays.
 */
export class AddEndedAt1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments ADD COLUMN ended_at timestamptz;
      COMMENT ON COLUMN assignments.ended_at IS 'Of the decision. How long the row is kept counts from here.';
      UPDATE assignments SET ended_at = handoff_now() WHERE state = 'ended';
      CREATE INDEX assignments_ended ON assignments (ended_at) WHERE ended_at IS NOT NULL;
      CREATE INDEX held_events_by_time ON held_events (held_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX held_events_by_time; ALTER TABLE assignments DROP COLUMN ended_at');
  }
}
