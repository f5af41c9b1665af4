import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from './object-store.js';

/** A file each. Several processes share the folder, and several machines if it is mounted on each. */
export class FileObjects implements ObjectStore {
  constructor(private readonly folder: string) {}

  /** Under its own name only once all of it is on the disk. */
  async write(name: string, bytes: Readable): Promise<void> {
    const path = this.pathOf(name);
    const begun = `${path}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await pipeline(bytes, createWriteStream(begun, { flush: true, mode: 0o600 }));
      await rename(begun, path);
    } catch (error) {
      await rm(begun, { force: true });
      throw error;
    }
  }

  async read(name: string): Promise<Readable | null> {
    try {
      const file = await open(this.pathOf(name));
      return createReadStream('', { fd: file });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await Promise.all([this.pathOf(name), `${this.pathOf(name)}.part`].map((path) => rm(path, { force: true })));
  }

  /** In folders by the name's end, as its beginning may be a time. */
  private pathOf(name: string): string {
    return join(this.folder, name.slice(-2), name);
  }
}
