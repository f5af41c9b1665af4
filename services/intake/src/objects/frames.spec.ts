import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { DamagedObjectError } from '../intake.errors.js';
import { Vault } from '../store/vault.js';
import { openFrames, sealFrames } from './frames.js';

const vault = new Vault({ DATA_KEY: randomBytes(32).toString('base64'), DATA_KEYS_BEFORE: '' });
const inChunks = (bytes: Buffer, size: number): Readable =>
  Readable.from(Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)));
const sealed = (bytes: Buffer, size = 10_000): Promise<Buffer> => buffer(sealFrames(vault, 'one', inChunks(bytes, size)));
const opened = (bytes: Readable): Promise<Buffer> => buffer(openFrames(vault, 'one', bytes));

describe('frames', () => {
  it.each([0, 1, 65_536, 65_537, 300_000])('of %i bytes are opened as they were sealed, in whatever pieces they come', async (length) => {
    const bytes = randomBytes(length);
    expect((await opened(inChunks(await sealed(bytes, 10_000), 777))).equals(bytes)).toBe(true);
    expect((await opened(inChunks(await sealed(bytes, 200_000), 100_000))).equals(bytes)).toBe(true);
  });

  it('in another order, or of another object, are not opened', async () => {
    const frames = await sealed(randomBytes(131_072));
    const swapped = Buffer.concat([frames.subarray(frames.length / 2), frames.subarray(0, frames.length / 2)]);
    await expect(opened(inChunks(swapped, 10_000))).rejects.toThrow();
    await expect(buffer(openFrames(vault, 'two', inChunks(frames, 10_000)))).rejects.toThrow();
  });

  it('with a changed length are not waited for', async () => {
    const frames = await sealed(randomBytes(300_000));
    frames.writeUInt32BE(0xffff_ffff);
    const source = inChunks(frames, 10_000);
    await expect(opened(source)).rejects.toThrow(DamagedObjectError);
    expect(source.readableEnded).toBe(false);
  });
});
