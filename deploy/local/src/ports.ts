import { randomInt } from 'node:crypto';
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

/** Below the range from which systems draw ports for outgoing connections: a server that restarts finds its port still free. */
const FREE_FROM = 20_000;
const FREE_TO = 32_000;
const TRIES = 100;

/** By this process, which may use them only later: of ten drawn at once, two would now and then be alike. */
const drawn = new Set<number>();

/** A port that nobody listens on now. Somebody else may take it before it is used; a start that loses it says so. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(FREE_FROM, FREE_TO);
    if (drawn.has(port)) continue;
    drawn.add(port);
    if (await isFree(port)) return port;
  }
  throw new NoFreePortError();
}

export class NoFreePortError extends HandoffError {
  readonly code = 'NO_FREE_PORT';
  constructor() {
    super(`None of ${TRIES} ports tried between ${FREE_FROM} and ${FREE_TO} is free on ${LOOPBACK}. End what listens there.`);
  }
}

async function isFree(port: number): Promise<boolean> {
  try {
    await listenOnce(port);
    return true;
  } catch (error) {
    if (isCode(error, 'EADDRINUSE') || isCode(error, 'EACCES')) return false;
    throw error;
  }
}

async function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK }, () => void server.close(() => resolve()));
  });
}
