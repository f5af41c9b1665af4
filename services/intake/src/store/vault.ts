import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IntakeConfig } from '../intake.config.js';
import { DataKeyError, UnknownDataKeyError } from '../intake.errors.js';

const CIPHER = 'aes-256-gcm';
const [KEY_ID_BYTES, IV_BYTES, TAG_BYTES] = [1, 12, 16];
/** By which what is sealed is longer than it was. */
export const SEAL_BYTES = KEY_ID_BYTES + IV_BYTES + TAG_BYTES;

/** What agents sent, at rest: key id, IV, tag, ciphertext. Bound to the row it belongs to, so that rows cannot be swapped. */
@Injectable()
export class Vault {
  private readonly keys: ReadonlyMap<number, Buffer>;
  private readonly newest: number;

  constructor(@Inject(IntakeConfig) { DATA_KEY, DATA_KEYS_BEFORE }: Pick<IntakeConfig, 'DATA_KEY' | 'DATA_KEYS_BEFORE'>) {
    const keys = [DATA_KEY, ...DATA_KEYS_BEFORE.split(',').filter(Boolean)].map((key) => Buffer.from(key, 'base64'));
    this.keys = new Map(keys.map((key) => [keyId(key), key]));
    if (this.keys.size !== keys.length) throw new DataKeyError();
    this.newest = keyId(Buffer.from(DATA_KEY, 'base64'));
  }

  /** @param belongsTo the row's own name; the same is needed to open it */
  seal(bytes: Uint8Array, belongsTo: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key(this.newest, belongsTo), iv).setAAD(Buffer.from(belongsTo));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([Buffer.of(this.newest), iv, cipher.getAuthTag(), sealed]);
  }

  open(sealed: Buffer, belongsTo: string): Buffer {
    const [ivAt, tagAt, bytesAt] = [KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES, KEY_ID_BYTES + IV_BYTES + TAG_BYTES];
    const decipher = createDecipheriv(CIPHER, this.key(sealed.readUInt8(0), belongsTo), sealed.subarray(ivAt, tagAt))
      .setAAD(Buffer.from(belongsTo))
      .setAuthTag(sealed.subarray(tagAt, bytesAt));
    return Buffer.concat([decipher.update(sealed.subarray(bytesAt)), decipher.final()]);
  }

  private key(id: number, belongsTo: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new UnknownDataKeyError(belongsTo, id);
    return key;
  }
}

/** Derived, so that a key never meets the wrong id because of a setting. */
const keyId = (key: Buffer): number => createHash('sha256').update(key).digest().readUInt8(0);

export const packetName = (handoffId: string, packetVersion: number): string => `packet ${packetVersion} of handoff ${handoffId}`;
export const rejectionName = (rejectionId: string): string => `rejection ${rejectionId}`;
export const replyName = (requestId: string): string => `reply ${requestId}`;
export const webhookName = ({ tenant, agentId }: { readonly tenant: string; readonly agentId: string }): string =>
  `webhook of ${tenant} ${agentId}`;
export const objectFrameName = (name: string, at: number): string => `frame ${at} of object ${name}`;
