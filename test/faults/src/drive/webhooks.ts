import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { isJsonObject } from '@handoff/contracts';
import { Webhook } from 'standardwebhooks';
import type { Random } from '../random.js';
import type { Ears } from './ears.js';

/** An agent's own endpoint: what arrives there, and is signed, is what it hears. */
export interface Endpoint {
  readonly server: Server;
  /** Once it is registered. */
  readonly isSignedWith: (secret: string) => void;
}

/** Sometimes it is in trouble, and sometimes its answer is lost after it has heard: then the same comes again. */
export async function receiveWebhooks(port: number, agentId: string, ears: Ears, random: Random): Promise<Endpoint> {
  let webhook: Webhook | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const mood = random.draw({ takes: 94, 'takes and fails': 3, fails: 3 });
      if (mood !== 'fails') take(Buffer.concat(chunks).toString('utf8'), request.headers as Record<string, string>); // each of Standard Webhooks' is there once
      response.writeHead(mood === 'takes' ? 204 : 503, { 'retry-after': mood === 'fails' ? '1' : '0' }).end();
    });
  });
  const take = (body: string, headers: Record<string, string>): void => {
    try {
      const event: unknown = webhook?.verify(body, headers);
      if (!isJsonObject(event)) throw new Error(`no event: ${body.slice(0, 100)}`);
      ears.hear(agentId, String(headers['webhook-id']), String(event['type']).replace('handoff.', ''), event['data']);
    } catch (error) {
      ears.complaints.push(`${agentId} was sent what it cannot trust: ${String(error)}`);
    }
  };
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, isSignedWith: (secret) => (webhook = new Webhook(secret)) };
}
