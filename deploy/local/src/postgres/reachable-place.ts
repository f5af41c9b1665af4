import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../log.js';
import type { RunAs } from '../processes/managed-process.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** Survives a restart of the machine, and everybody may enter it. */
const REACHABLE_BY_ALL = '/var/lib/handoff';

/**
 * Under root, Postgres runs as another user, and that user cannot enter /root, where a clone often lies. Its data and a copy
 * of its programs then live elsewhere; whoever is not root keeps both where they are.
 */
export async function reachableDataDir(dataDir: string, user: RunAs | null, log: Log): Promise<string> {
  const wanted = resolve(dataDir);
  await openStateFolder(dirname(wanted), user);
  if (!user || (await mayEnter(dirname(wanted), user))) return wanted;
  const elsewhere = join(REACHABLE_BY_ALL, createHash('sha256').update(wanted).digest('hex').slice(0, 12), 'postgres');
  log(`Postgres may not run as root, and its user cannot enter ${dirname(wanted)}: its data is in ${elsewhere}`);
  return elsewhere;
}

/** The folder right above the data is ours, so it may be opened for passing through (not reading); those above it may not. */
async function openStateFolder(folder: string, user: RunAs | null): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (user && found && !mayPass(found, user) && folder !== homedir()) await chmod(folder, (found.mode & 0o777) | 0o111);
}

export async function reachableBinaries(binaries: PostgresBinaries, user: RunAs | null): Promise<PostgresBinaries> {
  if (!user || (await mayEnter(join(binaries.root, 'bin'), user))) return binaries;
  const copy = join(REACHABLE_BY_ALL, `postgres-${createHash('sha256').update(binaries.root).digest('hex').slice(0, 12)}`);
  const isThere = await stat(copy).catch(() => null);
  if (!isThere) await copyWhole(binaries.root, copy);
  return { root: copy };
}

/** Under a name of its own until it is whole: a copy that was cut short is never taken for one. */
async function copyWhole(from: string, to: string): Promise<void> {
  const partial = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true });
  await cp(from, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, to).catch(() => rm(partial, { recursive: true })); // somebody else's copy was first
}

async function mayEnter(folder: string, user: RunAs): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null); // what is not there yet will be made by us, enterable
    if (found && !mayPass(found, user)) return false;
    if (at === dirname(at)) return true;
  }
}

function mayPass(folder: { readonly mode: number; readonly uid: number; readonly gid: number }, user: RunAs): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
