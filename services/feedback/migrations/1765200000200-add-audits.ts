import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables alone, of which the previous release knows nothing. */
export class AddAudits1765200000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_shares (
        tenant text NOT NULL,
        policy_id text NOT NULL,
        version integer NOT NULL,
        share double precision NOT NULL,
        PRIMARY KEY (tenant, policy_id)
      );
      COMMENT ON TABLE audit_shares IS 'What each policy wants audited, by its newest version.';

      CREATE TABLE audits (
        outcome_id uuid PRIMARY KEY REFERENCES outcomes ON DELETE CASCADE,
        propensity double precision NOT NULL,
        drawn boolean NOT NULL,
        drawn_at timestamptz NOT NULL
      );
      COMMENT ON TABLE audits IS 'Tasks that agents did alone and that could be audited: with which chance each was drawn, and whether it was; never changed.';
      CREATE INDEX outcomes_by_agent ON outcomes (agent_id, received_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX outcomes_by_agent; DROP TABLE audits, audit_shares');
  }
}
