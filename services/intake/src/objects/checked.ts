import { fault, type Fault } from '@handoff/contracts';
import { createHash } from 'node:crypto';

/** What came is not what was announced; it ends the stream that it is about. */
export class WrongBytes extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

export const tooLarge = (most: number): WrongBytes => new WrongBytes(fault('', 'too_large', `An object has at most ${most} bytes.`));

/**
 * The same bytes, judged as they go by.
 * @throws WrongBytes where they are more than `most`, or at their end do not have that checksum
 */
export async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  sha256: string,
  most: number,
  told?: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (found !== sha256) throw new WrongBytes(fault('', 'checksum_mismatch', `The bytes have SHA-256 ${found}, and not ${sha256}.`));
  told?.(size);
}
