import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: a new table and a nullable column, of which the previous release knows nothing; it labels once, as before. */
export class AddRatings1764400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE ratings (
        handoff_id uuid NOT NULL REFERENCES examples ON DELETE CASCADE,
        sequence integer NOT NULL,
        asking_was text NOT NULL,
        rated_by text NOT NULL,
        rated_at timestamptz NOT NULL,
        PRIMARY KEY (handoff_id, sequence)
      );
      COMMENT ON TABLE ratings IS 'What people said of asking after the decision; never changed, and the newest counts.';
      ALTER TABLE examples ADD COLUMN rated integer;
      COMMENT ON COLUMN examples.rated IS 'The sequence of the rating that the newest label has taken in; null before the first.'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE ratings; ALTER TABLE examples DROP COLUMN rated');
  }
}
