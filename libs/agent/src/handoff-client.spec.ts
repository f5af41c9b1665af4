import EventEmitter, { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { connect, type HandoffClient } from './handoff-client.js';

const BEAT = 'POST /v1/agents/me/heartbeat';
const OFFERED = { offer_id: 'o', event: 'offered', state: 'offered', sequence: 1 };

const closes: (() => void)[] = [];
afterEach(() => closes.splice(0).forEach((close) => close()));

/** A door that offers two tasks, and leaves a heartbeat without an answer; `asked` says each request, by the method and the path. */
async function aDoor(): Promise<{ readonly client: HandoffClient; readonly asked: EventEmitter }> {
  const asked = new EventEmitter();
  const server = createServer((request, response) => {
    const name = `${request.method} ${request.url?.split('?')[0]}`;
    if (name !== BEAT) response.end(JSON.stringify({ assignments: [OFFERED, { ...OFFERED, offer_id: 'p' }] }));
    asked.emit(name, request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closes.push(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { client: connect({ url: `http://127.0.0.1:${port}`, key: 'hk_1', lookEvery: 3600 }), asked };
}

describe('an agent that hears of its tasks', () => {
  it('is counted on without saying again what it can do', async () => {
    const { client, asked } = await aDoor();
    const stop = new AbortController();
    const beat = once(asked, BEAT);
    const working = client.onAssignment(() => undefined, { signal: stop.signal });
    await beat;
    stop.abort();
    await working;
  });

  it('is counted on no longer once it has failed', async () => {
    const { client, asked } = await aDoor();
    const beat = once(asked, BEAT) as Promise<[IncomingMessage]>; // as the door says it
    const fail = async (): Promise<void> => {
      await beat;
      throw new Error('no cups');
    };
    const abilities = { capabilities: ['cups'], most_at_once: 1 };
    const working = client.onAssignment(fail, { signal: new AbortController().signal, abilities });
    const [{ socket }] = await beat;
    const gone = once(socket, 'close');
    await expect(working).rejects.toThrow('no cups');
    await gone;
  });

  it('hears nothing more once it is told to stop, also of what it was told at once', async () => {
    const { client } = await aDoor();
    const stop = new AbortController();
    const heard: string[] = [];
    const hear = (event: string): void => {
      heard.push(event);
      stop.abort();
    };
    await client.onAssignment((task) => hear(task.event), { signal: stop.signal });
    expect(heard).toEqual(['offered']);
  });
});
