import { randomBytes } from 'node:crypto';
import { HandoffError, type Service } from '@handoff/contracts';
import { provisionDatabase } from '@handoff/local';

/** A real broker and a real database, started once for all tests of a run; each test has its own topics and database on them. */
export interface TestServers {
  readonly brokers: string;
  readonly adminUrl: string;
}

export class NoTestServersError extends HandoffError {
  readonly code = 'NO_TEST_SERVERS';
  constructor() {
    super('This test needs Kafka and Postgres, and nobody started them. Run it by `npm test -- --only <part of its name>`.');
  }
}

export function testServers(env: NodeJS.ProcessEnv = process.env): TestServers {
  const { HANDOFF_TEST_BROKERS: brokers, HANDOFF_TEST_POSTGRES: adminUrl } = env;
  if (!brokers || !adminUrl) throw new NoTestServersError();
  return { brokers, adminUrl };
}

/** A name that no other test has, for topics, groups and databases. */
export const ownName = (): string => `t${randomBytes(5).toString('hex')}`;

/** A database of its own with the services' roles and empty schemas. @returns the address of one service's role */
export async function emptyDatabase(service: Service, database = ownName()): Promise<string> {
  return (await provisionDatabase(testServers().adminUrl, { database }))[service];
}
