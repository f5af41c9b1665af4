import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: two kinds of held events more, and a column that the previous release leaves as it is. A replica of that release begins such a
 * handoff anew, as it always did after a restore.
 */
export class HoldWhatWasSaid1765500000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check
        CHECK (kind IN ('clock', 'move', 'decision', 'superseded', 'reply', 'said', 'told'));
      ALTER TABLE assignments ADD COLUMN told jsonb;
      COMMENT ON COLUMN assignments.told IS 'What agents were told of it before this schema was restored; null where it was not.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE assignments DROP COLUMN told;
      DELETE FROM held_events WHERE kind IN ('said', 'told');
      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check CHECK (kind IN ('clock', 'move', 'decision', 'superseded', 'reply'))`);
  }
}
