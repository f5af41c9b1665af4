import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: one kind more is allowed. A replica of the previous release holds none of it, and reads no row of a handoff that it lacks. */
export class HoldMoves1764400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check CHECK (kind IN ('clock', 'move', 'decision', 'superseded'))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM held_events WHERE kind = 'move';
      ALTER TABLE held_events DROP CONSTRAINT held_events_kind_check;
      ALTER TABLE held_events ADD CONSTRAINT held_events_kind_check CHECK (kind IN ('clock', 'decision', 'superseded'))`);
  }
}
