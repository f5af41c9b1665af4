import { once } from 'node:events';
import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What stands before the replicas of a service: each request goes to the next one, and past those where nobody listens. */
export class FrontDoor {
  private targets: readonly string[] = [];
  private turn = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => void this.pass(request, response).catch(() => response.destroy()));
  }

  static async open(): Promise<FrontDoor> {
    const server = createServer({ keepAliveTimeout: 0 }); // one that hung up on an idle client could do so just as it asks again
    server.unref().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FrontDoor(server);
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port, not on a pipe
    return `http://127.0.0.1:${port}`;
  }

  leadTo(targets: readonly string[]): void {
    this.targets = targets;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const first = this.turn++;
    for (const at of this.targets.keys()) {
      const answer = await askOne(this.targets[(first + at) % this.targets.length] ?? '', request, body);
      if (!answer) continue; // nobody is there, so nothing was done
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      answer.on('error', () => response.destroy()).pipe(response);
      response.on('close', () => answer.destroy()); // a page that leaves ends its stream
      return;
    }
    response.writeHead(502).end();
  }
}

/** Without what is about one connection alone. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name)));
}

/** @returns null where nobody listens */
async function askOne(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const asked = ask(target + url, { method, headers: endToEnd(headers), agent: false }, resolve);
    asked.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve(null) : reject(error)));
    asked.end(body);
  });
}
