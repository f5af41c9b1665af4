import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { clientOf } from './client-of.for-spec.js';

const STATE = Buffer.from([0xff, 0x00, 0x80, ...Buffer.from('what an agent keeps')]); // no text in any encoding

/** A door that keeps what is put as bytes, by its path. */
const keepingIn = (kept: Map<string, Buffer>) => (request: IncomingMessage, response: ServerResponse) =>
  void (async () => {
    const path = request.url ?? '';
    const isBytes = request.headers['content-type'] === 'application/octet-stream';
    if (request.method === 'PUT' && isBytes) kept.set(path, await buffer(request));
    response.end(request.method === 'PUT' ? '{}' : kept.get(path));
  })();

describe('what is too large for a packet', () => {
  it('is put under its checksum, which a transfer names it by, and comes back byte for byte', async () => {
    const kept = new Map<string, Buffer>();
    const client = await clientOf(keepingIn(kept));
    const stored = await client.putObject(STATE);
    expect(stored).toEqual({ stored: true, sha256: sha256(STATE) });
    expect([...kept.keys()]).toEqual([`/v1/objects/${stored.sha256}`]);
    expect(Buffer.from(await client.getObject(stored))).toEqual(STATE);
  });

  it('is not taken for what it is not', async () => {
    const client = await clientOf(keepingIn(new Map([[`/v1/objects/${sha256(STATE)}`, Buffer.from('something else')]])));
    await expect(client.getObject({ sha256: sha256(STATE) })).rejects.toMatchObject({ reason: 'checksum_mismatch' });
  });

  it('is refused at once where nothing keeps it', async () => {
    const client = await clientOf((_, response) => response.writeHead(501).end(JSON.stringify({ code: 'no_object_store' })));
    await expect(client.putObject(STATE)).rejects.toMatchObject({ code: 'REFUSED', reason: 'no_object_store' });
  });
});
