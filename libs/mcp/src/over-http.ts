import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from '@handoff/agent';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { handoffServer } from './server.js';

const PATH = '/mcp';
const KEY = /^Bearer (hk_\S+)$/;
/** A model waits for a tool call; it is told soon that nothing answers. */
const PATIENCE = 15;

/**
 * Streamable HTTP without sessions: each request brings its agent's key, which goes on to the agents' door as it is and is kept nowhere, so any
 * replica may answer.
 */
export function serveOverHttp(url: string): Server {
  return createServer((request, response) => void answer(url, request, response).catch(() => response.destroy()));
}

async function answer(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (new URL(request.url ?? '', 'http://here').pathname !== PATH) return refuse(response, 404, 'not_found');
  if (request.method !== 'POST') return refuse(response, 405, 'method_not_allowed', { allow: 'POST' });
  const [, key] = KEY.exec(request.headers.authorization ?? '') ?? [];
  if (key === undefined) return refuse(response, 401, 'unauthorized', { 'www-authenticate': 'Bearer realm="handoff agents"' });
  const client = connect({ url, key, patience: PATIENCE });
  const server = handoffServer(client);
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  response.once('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

function refuse(response: ServerResponse, status: number, code: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ code }));
}
