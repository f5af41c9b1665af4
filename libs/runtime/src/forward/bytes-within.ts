/** All of it, or null where it is more than `most`; the rest is then not waited for. */
export async function bytesWithin(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream ?? []) {
    length += part.byteLength;
    if (length > most) return null; // leaving the loop cancels the stream
    parts.push(part);
  }
  return Buffer.concat(parts);
}
