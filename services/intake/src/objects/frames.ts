import { DamagedObjectError } from '../intake.errors.js';
import { objectFrameName, SEAL_BYTES, type Vault } from '../store/vault.js';

type Bytes = AsyncIterable<Uint8Array>;

const FRAME_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;
/** What a sealed frame has at most: a changed length must not make us wait for more, with all of it in memory. */
const MOST_BYTES = FRAME_BYTES + SEAL_BYTES;

/** At rest as agents' packets are: frames that are encrypted each and bound to their place, so that none is left out or swapped. */
export async function* sealFrames(vault: Vault, name: string, bytes: Bytes): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const frame of inPieces(bytes, FRAME_BYTES)) {
    const sealed = vault.seal(frame, objectFrameName(name, at++));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    yield length;
    yield sealed;
  }
}

/** @throws where a frame is not what was sealed there; that the last one is there, its checksum says */
export async function* openFrames(vault: Vault, name: string, bytes: Bytes): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  let at = 0;
  for await (const chunk of bytes) {
    waiting = Buffer.concat([waiting, chunk]);
    for (let end = endOfFrame(waiting); end !== null; end = endOfFrame(waiting)) {
      if (end > LENGTH_BYTES + MOST_BYTES) throw new DamagedObjectError(name, at);
      if (waiting.length < end) break;
      yield vault.open(waiting.subarray(LENGTH_BYTES, end), objectFrameName(name, at++));
      waiting = waiting.subarray(end);
    }
  }
}

function endOfFrame(bytes: Buffer): number | null {
  return bytes.length < LENGTH_BYTES ? null : LENGTH_BYTES + bytes.readUInt32BE();
}

/** Of that size, the last one of what is left. */
async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    waiting = Buffer.concat([waiting, chunk]);
    for (; waiting.length >= size; waiting = waiting.subarray(size)) yield waiting.subarray(0, size);
  }
  if (waiting.length > 0) yield waiting;
}
