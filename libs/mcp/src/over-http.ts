import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { handoffServer, type Door } from './server.js';

const PATH = '/mcp';
const KEY = /^Bearer (hk_\S+)$/;

/**
 * Streamable HTTP without sessions: each request brings its agent's key, which goes on to the agents' door as it is and is kept nowhere, so any
 * replica may answer.
 */
export function serveOverHttp(door: Omit<Door, 'key'>): Server {
  return createServer((request, response) => void answer(door, request, response).catch(() => response.destroy()));
}

async function answer(door: Omit<Door, 'key'>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.split('?')[0] !== PATH) return refuse(response, 404, 'not_found', `The tools are at ${PATH}.`);
  if (request.method !== 'POST') return refuse(response, 405, 'method_not_allowed', 'There are no sessions: POST.', { allow: 'POST' });
  const [, key] = KEY.exec(request.headers.authorization ?? '') ?? [];
  if (key === undefined)
    return refuse(response, 401, 'unauthorized', 'Send an agent\'s key: "Authorization: Bearer hk_…".', {
      'www-authenticate': 'Bearer realm="handoff agents"',
    });
  const server = handoffServer({ ...door, key });
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  response.once('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

type Headers = Readonly<Record<string, string>>;

function refuse(response: ServerResponse, status: number, code: string, detail: string, headers: Headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ status, code, detail }));
}
