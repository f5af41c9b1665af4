import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Made once and kept in a file that only its owner reads: a later start finds the same one. */
export async function keptSecret(file: string, make: () => string = () => randomBytes(32).toString('base64url')): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  try {
    // `wx`: of two starts at once, the second reads what the first wrote.
    await writeFile(file, make(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Not by `instanceof`: under Jest, errors of Node itself come from another realm. */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
