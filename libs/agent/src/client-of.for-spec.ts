import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { connect, type HandoffClient } from './handoff-client.js';

const closes: (() => void)[] = [];
afterEach(() => closes.splice(0).forEach((close) => close()));

/** A client of a door that answers as a test wants; it is closed after that. */
export async function clientOf(answer: RequestListener): Promise<HandoffClient> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closes.push(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo; // it listens on a port
  return connect({ url: `http://127.0.0.1:${port}`, key: 'hk_1', lookEvery: 3600 });
}
