import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { aDoor } from './a-door.for-spec.js';
import { serveOverHttp } from './over-http.js';

let door: Awaited<ReturnType<typeof aDoor>>;
let server: ReturnType<typeof serveOverHttp>;
let url: string;

beforeEach(async () => {
  door = await aDoor(() => ({ status: 200, body: { handoffs: [], next_cursor: null } }));
  server = serveOverHttp({ url: door.url }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`; // it listens on a port, not on a pipe
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await door.close();
});

it('asks with the key of whoever asks, of two at once', async () => {
  const keys = ['hk_a', 'hk_b'];
  const models = await Promise.all(
    keys.map(async (key) => {
      const model = new Client({ name: 'a-model', version: '1.0.0' });
      await model.connect(
        new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${key}` } } }),
      );
      return model;
    }),
  );
  await Promise.all(models.map((model) => model.callTool({ name: 'list_pending', arguments: {} })));
  expect(door.heard.map(({ headers }) => headers.authorization).sort()).toEqual(keys.map((key) => `Bearer ${key}`));
  await Promise.all(models.map((model) => model.close()));
});

const KEY = { authorization: 'Bearer hk_a' };

it.each<[what: string, path: string, method: string, headers: Record<string, string>, status: number, code: string, detail: string]>([
  ['without a key', '/mcp', 'POST', {}, 401, 'unauthorized', 'Authorization: Bearer hk_'],
  ['with what is no key', '/mcp', 'POST', { authorization: 'Bearer a-password' }, 401, 'unauthorized', 'Authorization: Bearer hk_'],
  ['at another path', '/', 'POST', KEY, 404, 'not_found', '/mcp'],
  ['by another method', '/mcp', 'GET', KEY, 405, 'method_not_allowed', 'POST'],
])('says what is wrong with a request %s', async (_, path, method, headers, status, code, detail) => {
  const answer = await fetch(new URL(path, url), { method, headers });
  expect(await answer.json()).toEqual({ status, code, detail: expect.stringContaining(detail) });
  expect(answer.status).toBe(status);
  expect(door.heard).toEqual([]);
});
