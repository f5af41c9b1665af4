import type { MigrationInterface, QueryRunner } from '@handoff/store';

/**
 * Expand step: agents read their feedback page by page, and whose a label is stood only within its decision, so each page read and sorted
 * everybody's. The trigger names the agent for the previous release, which does not know the column; a later release drops it and says NOT NULL.
 */
export class AddLabelAgent1765400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE labels ADD COLUMN agent_id text;
      COMMENT ON COLUMN labels.agent_id IS 'Who hears it: of the decision, and never changed.';
      CREATE FUNCTION name_label_agent() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.agent_id := (SELECT decision ->> 'agent_id' FROM decisions WHERE handoff_id = NEW.handoff_id);
          RETURN NEW;
        END $$;
      CREATE TRIGGER name_label_agent BEFORE INSERT ON labels FOR EACH ROW WHEN (NEW.agent_id IS NULL) EXECUTE FUNCTION name_label_agent();
      UPDATE labels SET agent_id = d.decision ->> 'agent_id' FROM decisions d WHERE d.handoff_id = labels.handoff_id;
      CREATE INDEX labels_by_agent ON labels (agent_id, labelled_at, handoff_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX labels_by_agent;
      DROP TRIGGER name_label_agent ON labels;
      DROP FUNCTION name_label_agent;
      ALTER TABLE labels DROP COLUMN agent_id;
    `);
  }
}
