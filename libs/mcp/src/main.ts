#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { connect } from '@handoff/agent';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { serveOverHttp } from './over-http.js';
import { handoffServer } from './server.js';

const USAGE = `handoff-mcp                                stdio, with HANDOFF_URL and HANDOFF_KEY
handoff-mcp --http 4140 [--host 127.0.0.1]  streamable HTTP at /mcp, with HANDOFF_URL; each request brings its agent's key`;

const { values } = parseArgs({
  options: { http: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, help: { type: 'boolean' } },
});
const { HANDOFF_URL: url = 'http://127.0.0.1:4100', HANDOFF_KEY: key } = process.env;

if (values.help || (values.http === undefined && key === undefined)) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = values.help ? 0 : 2;
} else if (values.http !== undefined) {
  const server = serveOverHttp(url).listen(Number(values.http), values.host);
  server.once('listening', () => process.stderr.write(`handoff-mcp listens at http://${values.host}:${values.http}/mcp\n`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
} else if (key !== undefined) {
  await handoffServer(connect({ url, key })).connect(new StdioServerTransport());
}
