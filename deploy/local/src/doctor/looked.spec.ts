import { describe, expect, it } from '@jest/globals';
import { lookWithin } from './looked.js';

describe('a look', () => {
  it('brings what was seen', async () => {
    expect(await lookWithin(1000, async () => 3)).toMatchObject({ kind: 'seen', value: 3 });
  });

  it('ends in its time where nobody answers, and is told so', async () => {
    let told: AbortSignal | null = null;
    const looked = await lookWithin(20, (signal) => {
      told = signal;
      return new Promise<never>(() => undefined);
    });
    expect(looked).toMatchObject({ kind: 'unseen', why: 'no answer within 0.02 s' });
    expect(told).toMatchObject({ aborted: true });
  });

  it('says the innermost reason of what failed', async () => {
    const failed = new TypeError('fetch failed', { cause: new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')], '') });
    expect(await lookWithin(1000, () => Promise.reject(failed))).toMatchObject({ why: 'connect ECONNREFUSED 127.0.0.1:1' });
  });
});
