import { execFile } from 'node:child_process';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { HandoffError } from '@handoff/contracts';
import type { RunAs } from '../processes/managed-process.js';
import type { PostgresBinaries } from './postgres-binaries.js';

const run = promisify(execFile);

export const ADMIN = 'postgres';

export class InitdbError extends HandoffError {
  readonly code = 'INITDB_FAILED';
  constructor(dataDir: string, cause: unknown) {
    super(`Postgres could not prepare its data folder ${dataDir}. What it said: ${said(cause)}`, { cause });
  }
}

/** Prepares an empty database once. Prepared beside its place and then moved there: one that was cut short is done again. */
export async function initDatabase(binaries: PostgresBinaries, dataDir: string, password: string, user: RunAs | null): Promise<void> {
  if (await stat(join(dataDir, 'PG_VERSION')).catch(() => null)) return;
  const partial = `${dataDir}.new`;
  const passwordFile = `${dataDir}.pwfile`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(dataDir), { recursive: true });
  await mkdir(partial, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await Promise.all([partial, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  try {
    await run(join(binaries.root, 'bin', 'initdb'), initdbArgs(partial, passwordFile), { ...user, cwd: dirname(dataDir) });
    await rename(partial, dataDir);
  } catch (error) {
    throw new InitdbError(dataDir, error);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The built-in locale needs none of the machine's, and orders text the same everywhere. */
function initdbArgs(dataDir: string, passwordFile: string): string[] {
  return [
    `--pgdata=${dataDir}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ];
}

function said(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'stderr' in cause && cause.stderr ? String(cause.stderr).trim() : String(cause);
}
