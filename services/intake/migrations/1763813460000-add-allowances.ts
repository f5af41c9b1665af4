import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * A table of its own: the previous release does not know it and limits nobody during the rollout. What it accepts meanwhile is missing
 * from `open_at_most` until that is counted anew, which happens before anybody is refused for it.
 */
export class AddAllowances1763813460000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE allowances (
        tenant text NOT NULL,
        agent_id text NOT NULL,
        admitted integer NOT NULL,
        tokens double precision NOT NULL,
        refilled_at timestamptz NOT NULL,
        open_at_most integer NOT NULL,
        counted_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, agent_id)
      ) WITH (fillfactor = 50);
      COMMENT ON TABLE allowances IS 'What each agent may still ask. The row is locked from the admission to the commit, so replicas take turns.';
      COMMENT ON COLUMN allowances.admitted IS 'Of the last batch; it is how the one statement tells what it did.';
      COMMENT ON COLUMN allowances.tokens IS 'Acceptances that were left at refilled_at.';
      COMMENT ON COLUMN allowances.open_at_most IS 'Open at counted_at and all that were accepted since: endings are not taken off, they are counted when it matters.';
      INSERT INTO allowances (tenant, agent_id, admitted, tokens, refilled_at, open_at_most, counted_at)
      SELECT tenant, agent_id, 0, 'Infinity', handoff_now(), count(*), handoff_now() FROM handoffs
      WHERE ended_at IS NULL AND agent_id IS NOT NULL GROUP BY tenant, agent_id;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE allowances');
  }
}
