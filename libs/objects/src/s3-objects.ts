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
/** For one answer of the server, a part's upload included; the client asks three times. */
const ANSWER_MS = 20_000;

/** Any server that speaks S3; its credentials come from where the AWS client looks for them (environment, profile, instance). */
export class S3Objects implements ObjectStore {
  private readonly client: S3Client;

  constructor(
    private readonly place: S3Place,
    answerMs = ANSWER_MS,
  ) {
    const { region, endpoint } = place;
    this.client = new S3Client({
      region,
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }), // not every server has a host name per bucket
      requestHandler: { connectionTimeout: answerMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
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
    try {
      await upload.done();
    } catch (error) {
      throw bytes.errored ?? error; // not what came of giving it up
    }
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
