import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same from `src` and from `dist`. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the local servers keep their data, jars, secrets and logs; HANDOFF_HOME moves it. */
export function handoffHome(env: NodeJS.ProcessEnv = process.env): string {
  return env['HANDOFF_HOME'] ? resolve(env['HANDOFF_HOME']) : join(REPOSITORY, '.handoff');
}
