import pg from 'pg';

/**
 * Hears its own errors from the beginning. Between the moment in which a pool hands a connection out and the one in which TypeORM
 * listens to it, nobody does, and an error that nobody hears ends the process: Postgres' word that it ends all connections did, now
 * and then. The next statement on such a connection fails, and says so to whoever made it.
 */
export class GuardedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
