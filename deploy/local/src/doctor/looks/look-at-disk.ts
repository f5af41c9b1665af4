import { statfs } from 'node:fs/promises';
import type { DiskSeen } from '../seen.js';

/** Where the local servers keep their data; a disk of another machine cannot be seen from here. */
export async function lookAtDisk(path: string): Promise<DiskSeen> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { path, freeBytes: bavail * bsize, bytes: blocks * bsize };
}
