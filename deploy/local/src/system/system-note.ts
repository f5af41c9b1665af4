import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '@handoff/contracts';

/** Where a running system is, in its folder: what the `handoff` command reads there. Gone once the system was stopped. */
export interface SystemNote {
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly groupPrefix: string;
  readonly urls: Readonly<Record<Service, readonly string[]>>;
  /** Null where no canary runs. */
  readonly canaryUrl: string | null;
  /** The administrator's, with the password; null where each service was given its own. */
  readonly databaseUrl: string | null;
}

export const SYSTEM_NOTE = 'system.json';

/** @returns takes the note away */
export async function writeSystemNote(stateDir: string, note: SystemNote): Promise<() => Promise<void>> {
  const file = join(stateDir, SYSTEM_NOTE);
  await rm(file, { force: true }); // another start's may be readable by others
  await writeFile(file, JSON.stringify(note, null, 2), { mode: 0o600 });
  return () => rm(file, { force: true });
}
