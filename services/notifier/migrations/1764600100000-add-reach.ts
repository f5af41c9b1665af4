import type { MigrationInterface, QueryRunner } from '@handoff/store';

/** Expand step: new tables, which a replica of the previous release knows nothing of. */
export class AddReach1764600100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE preferences (
        tenant text NOT NULL,
        subject text NOT NULL,
        preferences jsonb NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, subject)
      );

      CREATE TABLE person_channels (
        tenant text NOT NULL,
        subject text NOT NULL,
        channel text NOT NULL,
        account text,
        linked_at timestamptz,
        disabled_address text,
        disabled_because text,
        disabled_at timestamptz,
        PRIMARY KEY (tenant, subject, channel)
      );
      COMMENT ON COLUMN person_channels.account IS 'Whom the provider says it is, once the person has linked it herself.';
      COMMENT ON COLUMN person_channels.disabled_address IS 'Nobody is there any more; another address of the same person is used again.';
      CREATE UNIQUE INDEX person_channels_accounts ON person_channels (channel, account) WHERE account IS NOT NULL;

      CREATE TABLE destinations (
        channel text NOT NULL,
        address text NOT NULL,
        sla_class text NOT NULL,
        used_until timestamptz NOT NULL,
        granted integer NOT NULL,
        PRIMARY KEY (channel, address, sla_class)
      );
      COMMENT ON COLUMN destinations.used_until IS 'Each message moves it on by the time that one may take; how far it is ahead of now is what was sent in a row.';
      COMMENT ON COLUMN destinations.granted IS 'Of the last request.';
      CREATE INDEX destinations_used ON destinations (used_until);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE destinations, person_channels, preferences');
  }
}
