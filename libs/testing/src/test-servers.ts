import { HandoffError } from '@handoff/contracts';

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
