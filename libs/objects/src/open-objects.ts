import { FileObjects } from './file-objects.js';
import type { ObjectStore } from './object-store.js';
import type { S3Place } from './s3-objects.js';

export interface ObjectPlaces {
  /** Null: no files. */
  readonly folder: string | null;
  /** Comes before a folder. */
  readonly s3: S3Place | null;
}

/** The store that is set, null where none is. Amazon's client is loaded by who uses it alone: it is larger than a service. */
export async function openObjects({ folder, s3 }: ObjectPlaces): Promise<ObjectStore | null> {
  if (s3) {
    const { S3Objects } = await import('./s3-objects.js');
    return new S3Objects(s3);
  }
  return folder === null ? null : new FileObjects(folder);
}
