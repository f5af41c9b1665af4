import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: an index alone. Training looks at whether tasks that agents did alone have come since, as it does at labels. */
export class AddAloneTasks1765400000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX audits_by_time ON audits (drawn_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX audits_by_time');
  }
}
