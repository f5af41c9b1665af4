import type { IncomingMessage } from 'node:http';

/** A service that exports many spans at once sends a few hundred KiB. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** @throws RangeError where it is too large */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
