#!/usr/bin/env node
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { serveOverHttp } from './over-http.js';
import { handoffServer } from './server.js';
import { readSettings, USAGE, type Settings } from './settings.js';

const say = (line: string): boolean => process.stderr.write(`${line}\n`); // over stdio, stdout is the protocol's

function stop(why: string): void {
  say(why);
  process.exitCode = 2;
}

function listen({ door, host, port }: Extract<Settings, { kind: 'http' }>): void {
  const server = serveOverHttp(door).listen(port, host);
  server.once('listening', () => say(`handoff-mcp listens at http://${host}:${port}/mcp`));
  server.once('error', ({ message }) => stop(`handoff-mcp does not listen: ${message}`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
}

const settings = readSettings(process.argv.slice(2), process.env);
switch (settings.kind) {
  case 'stdio':
    await handoffServer(settings.door).connect(new StdioServerTransport());
    break;
  case 'http':
    listen(settings);
    break;
  case 'help':
    say(USAGE);
    break;
  case 'wrong':
    stop([...settings.faults, USAGE].join('\n'));
}
