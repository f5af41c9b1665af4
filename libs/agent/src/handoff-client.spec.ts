import EventEmitter, { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientOf } from './client-of.for-spec.js';
import type { HandoffClient } from './handoff-client.js';

const BEAT = 'POST /v1/agents/me/heartbeat';
const OFFERED = { offer_id: 'o', event: 'offered', state: 'offered', sequence: 1 };

/** A door that offers two tasks, and leaves a heartbeat without an answer; `asked` says each request, by the method and the path. */
async function aDoor(): Promise<{ readonly client: HandoffClient; readonly asked: EventEmitter }> {
  const asked = new EventEmitter();
  const client = await clientOf((request, response) => {
    const name = `${request.method} ${request.url?.split('?')[0]}`;
    if (name !== BEAT) response.end(JSON.stringify({ assignments: [OFFERED, { ...OFFERED, offer_id: 'p' }] }));
    asked.emit(name, request);
  });
  return { client, asked };
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
