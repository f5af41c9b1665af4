import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Page } from './ledger.js';

/** The people's own endpoint: what arrives here is what they hear. */
export async function receivePages(port: number, hear: (page: Page) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly data: Copy }; // notifier's own
      const recipient = request.url?.slice(1) ?? '';
      const { handoffId, taskId, packetVersion } = data;
      hear({ at, handoffId, taskId, packetVersion, recipient, level: Number(/\((\d+) of /.exec(data.level)?.[1] ?? 0) });
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

interface Copy {
  readonly handoffId: string;
  readonly taskId: string;
  readonly packetVersion: number;
  /** `Support (1 of 3)`. */
  readonly level: string;
}
