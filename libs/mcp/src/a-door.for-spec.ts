import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

export const HANDOFF_ID = '0199f0c2-7d1e-7c3a-9d51-3c1f0e5b2a10';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: JsonObject;
  /** Once whoever asked has hung up. */
  readonly left: Promise<unknown>;
}
/** What a door says, or that it hangs up or says nothing at all. */
export type Said =
  { readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>> } | 'hangs up' | 'silent';

const STATE = {
  ...{ handoff_id: HANDOFF_ID, task_id: 'refund-1', kind: 'escalation', status: 'open', sequence: 1, packet_version: 1 },
  ...{ completeness: { score: 1, warnings: [] }, decision: null, feedback: null, questions: [], recall: null },
};
export const stateWith = (more: object): Said => ({ status: 200, body: { ...STATE, ...more } });

/** A door in any condition that the world can bring it into; what is right at the real one, the journeys show. */
export async function aDoor(says: (heard: Heard) => Said = () => stateWith({})) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url: path = '', headers } = request;
      const sent: Json = method === 'GET' ? null : ((await json(request)) as Json);
      const one = { method, path, headers, body: isJsonObject(sent) ? sent : {}, left: once(request.socket, 'close') };
      heard.push(one);
      const said = says(one);
      if (said === 'hangs up') request.socket.destroy();
      else if (said !== 'silent')
        response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers }).end(JSON.stringify(said.body));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${port}`, heard, close };
}

/** A model's end of the server, by the official client. */
export async function clientOf(server: McpServer): Promise<Client> {
  const [its, ours] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'a-model', version: '1.0.0' });
  await Promise.all([server.connect(ours), client.connect(its)]);
  return client;
}
