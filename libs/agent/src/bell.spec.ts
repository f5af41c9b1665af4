import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Bell } from './bell.js';

const NEVER = 3600;

/** Streams that end once they have said all that they are given to say. */
function opening(...streams: readonly (readonly string[])[]) {
  const opened = { count: 0 };
  const open = async (signal: AbortSignal): Promise<AsyncIterable<unknown>> => {
    const next = streams[opened.count++];
    return next ? saying(next) : silent(signal);
  };
  return { open, opened };
}
async function* saying(words: readonly string[]) {
  yield* words;
}
async function* silent(signal: AbortSignal) {
  yield 'open';
  await pause(NEVER * 1000, undefined, { signal });
}

async function listening(bell: Bell, work: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const listens = bell.listen(stop.signal);
  try {
    await work();
  } finally {
    stop.abort();
    await listens;
  }
}

describe('the bell of an event stream', () => {
  it('has rung for what came while nobody waited', async () => {
    const bell = new Bell(opening().open, NEVER);
    await listening(bell, async () => {
      await pause(0);
      await bell.rung();
    });
  });

  it('rings as a stream ends, and listens to the next one', async () => {
    const { open, opened } = opening(['an offer'], ['another']);
    const bell = new Bell(open, 0.01);
    await listening(bell, async () => {
      while (opened.count < 3) await bell.rung();
      expect(opened.count).toBe(3);
    });
  });

  it('rings by itself where no stream is to be had', async () => {
    const bell = new Bell(() => Promise.reject(new Error('No such door.')), 0.01);
    await listening(bell, async () => {
      for (const _ of [1, 2, 3]) await bell.rung();
    });
  });

  it('wakes whoever waits once nobody listens any more', async () => {
    const bell = new Bell(opening().open, NEVER);
    const stop = new AbortController();
    const listens = bell.listen(stop.signal);
    await bell.rung();
    const waiting = bell.rung();
    stop.abort();
    await Promise.all([waiting, listens]);
  });
});
