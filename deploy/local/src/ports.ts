import { createServer } from 'node:net';
import { HandoffError } from '@handoff/contracts';
import { isCode } from './kept-secret.js';

export const LOOPBACK = '127.0.0.1';

/** Who wants a port, and by which setting it gets another one. */
export interface PortUse {
  readonly what: string;
  readonly setting: string;
}

export class PortBusyError extends HandoffError {
  readonly code = 'PORT_BUSY';
  constructor(port: number, { what, setting }: PortUse) {
    super(
      `Port ${port}, meant for ${what}, is taken by another program. Stop that one, or choose another: ${setting}=${port + 1000} npm start`,
    );
  }
}

export async function assertPortFree(port: number, use: PortUse): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    if (isCode(error, 'EADDRINUSE')) throw new PortBusyError(port, use);
    throw error;
  }
}

/** A port that nobody listens on now. Somebody else may take it before it is used; a start that loses it says so. */
export async function freePort(): Promise<number> {
  return listenOnce(0);
}

async function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK }, () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port given.'))));
    });
  });
}
