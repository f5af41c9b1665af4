import { createServer } from 'node:net';
import { HandoffError } from '@handoff/contracts';
import { isCode } from './kept-secret.js';

export const LOOPBACK = '127.0.0.1';

/** Thrown before anything is started: a half-started system would be harder to read than this sentence. */
export class PortBusyError extends HandoffError {
  readonly code = 'PORT_BUSY';
  constructor(port: number, what: string, setting: string) {
    super(
      `Port ${port}, meant for ${what}, is taken by another program. Stop that program, or choose another port: ${setting}=${port + 1000} npm start`,
    );
  }
}

/** A port that nobody listens on now. Somebody else may take it before it is used; a start that loses it says so. */
export async function freePort(): Promise<number> {
  return listenOnce(0);
}

export async function isPortFree(port: number): Promise<boolean> {
  try {
    await listenOnce(port);
    return true;
  } catch (error) {
    if (isCode(error, 'EADDRINUSE')) return false;
    throw error;
  }
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
