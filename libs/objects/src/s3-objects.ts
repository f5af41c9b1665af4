import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Readable } from 'node:stream';
import type { ObjectStore } from './object-store.js';

export interface S3Place {
  readonly bucket: string;
  readonly region: string;
  /** Of a server that is not Amazon's own. */
  readonly endpoint: string | null;
}

/** S3's smallest part; one is held at a time. */
const PART_BYTES = 5 * 1024 * 1024;

/** Any server that speaks S3; its credentials come from where the AWS client looks for them (environment, profile, instance). */
export class S3Objects implements ObjectStore {
  private readonly client: S3Client;

  constructor(private readonly place: S3Place) {
    const { region, endpoint } = place;
    this.client = new S3Client({
      region,
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }), // not every server has a host name per bucket
      requestChecksumCalculation: 'WHEN_REQUIRED', // nor Amazon's own checksums; ours is over the whole
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /** In parts: what fails on the way is given up, and no object is there. */
  async write(name: string, bytes: Readable): Promise<void> {
    const upload = new Upload({
      client: this.client,
      params: { Bucket: this.place.bucket, Key: name, Body: bytes },
      partSize: PART_BYTES,
      queueSize: 1,
    });
    await upload.done();
  }

  async read(name: string): Promise<Readable | null> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand({ Bucket: this.place.bucket, Key: name }));
      return body instanceof Readable ? body : null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.place.bucket, Key: name }));
  }
}
