import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HandoffError } from '@handoff/contracts';
import type { RunAs } from '../processes/managed-process.js';

const run = promisify(execFile);

export class NoUserForPostgresError extends HandoffError {
  readonly code = 'NO_USER_FOR_POSTGRES';
  constructor() {
    super('Postgres refuses to run as root, and this machine has neither a user "postgres" nor "nobody". Start as an ordinary user.');
  }
}

/** Postgres refuses to run as root: under root it runs as the first of these users that exists, else as whoever we are. */
export async function userForPostgres(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const user = await lookUp(name);
    if (user) return user;
  }
  throw new NoUserForPostgresError();
}

async function lookUp(name: string): Promise<RunAs | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null; // no such user
  }
}
