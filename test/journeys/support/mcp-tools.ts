import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { isJsonObject, jsonObjectIn, type JsonObject, type Seconds } from '@handoff/contracts';
import { REPOSITORY } from '@handoff/local';
import { PATIENCE, serveOverHttp } from '@handoff/mcp';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Door } from './agent.js';

export interface Opened {
  readonly transport: Transport;
  close(): Promise<void>;
}

/** The official client, with a way to it. */
export class Tools {
  private constructor(
    private readonly client: Client,
    private readonly opened: Opened,
  ) {}

  static async open(opened: Opened): Promise<Tools> {
    const client = new Client({ name: 'a-model', version: '1.0.0' });
    await client.connect(opened.transport);
    return new Tools(client, opened);
  }

  async call(name: string, args: JsonObject = {}): Promise<JsonObject> {
    const { structuredContent, content } = await this.client.callTool({ name, arguments: args });
    if (isJsonObject(structuredContent)) return structuredContent;
    const [first] = content as readonly { readonly text?: string }[]; // a text, as all of ours
    return { ...jsonObjectIn(first?.text ?? ''), refused: first?.text ?? '' };
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.opened.close();
  }
}

export async function anMcpServer(url: string, patience: Seconds = PATIENCE): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = serveOverHttp({ url, patience }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, close }; // it listens on a port
}

export async function throughHttp({ url, key }: Door, patience?: Seconds): Promise<Opened> {
  const server = await anMcpServer(url, patience);
  const headers = { authorization: `Bearer ${key}` };
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } });
  return { transport, close: server.close };
}

export async function throughStdio({ url, key }: Door): Promise<Opened> {
  const env = { ...process.env, HANDOFF_URL: url, HANDOFF_KEY: key } as Record<string, string>; // what is not there is left out
  const transport = new StdioClientTransport({ command: process.execPath, args: [join(REPOSITORY, 'libs/mcp/dist/main.js')], env });
  return { transport, close: async () => undefined };
}
