import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '@handoff/local';

const execute = promisify(execFile);

export type Packages = { readonly kind: 'there'; readonly folder: string } | { readonly kind: 'missing'; readonly why: string };

/** What a requirements file names, installed once beside the repository's other caches; a folder for PYTHONPATH. */
export async function pythonPackages(requirements: string): Promise<Packages> {
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 16);
  const folder = join(REPOSITORY, '.handoff/python', digest);
  if (existsSync(folder)) return { kind: 'there', folder };
  const making = `${folder}.${process.pid}`; // one that was interrupted is never taken for a whole one
  try {
    await mkdir(dirname(folder), { recursive: true });
    await execute('python3', [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '1',
      '--timeout',
      '10',
      '--target',
      making,
      '-r',
      requirements,
    ]);
    await rename(making, folder);
    return { kind: 'there', folder };
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    return { kind: 'missing', why: String(error).split('\n', 2).join(' ') };
  }
}
