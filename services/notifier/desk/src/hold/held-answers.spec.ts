import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { HandoffId } from '@handoff/contracts';
import { HeldAnswers } from './held-answers.js';

const answer = (id: string) => ({ id: id as HandoffId, title: id, request: { packet_version: 1, type: 'approve' as const } });
const [a, b] = [answer('a'), answer('b')];

describe('an answer that was confirmed', () => {
  let sent: string[];
  let failure: Error | null;
  let held: HeldAnswers;

  beforeEach(() => {
    jest.useFakeTimers();
    [sent, failure] = [[], null];
    held = new HeldAnswers(async ({ id }) => {
      sent.push(id);
      if (failure) throw failure;
    });
  });
  afterEach(() => void jest.useRealTimers());

  it('is sent once its time is over, and not before', async () => {
    held.hold(a, 5000);
    await jest.advanceTimersByTimeAsync(4999);
    expect({ sent, held: held.all() }).toMatchObject({ sent: [], held: [{ id: 'a', state: { kind: 'held' } }] });
    await jest.advanceTimersByTimeAsync(1);
    expect({ sent, held: held.all() }).toEqual({ sent: ['a'], held: [] });
  });

  it('is never sent where it was taken back', async () => {
    held.hold(a, 5000);
    held.hold(b, 5000);
    expect(held.takeBack(a.id)).toBe(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['b']);
  });

  it('is sent once, however often it is asked for, and cannot be taken back while it is on its way', async () => {
    held.hold(a, 5000);
    const sending = held.sendNow(a.id);
    expect(held.takeBack(a.id)).toBe(false);
    await Promise.all([sending, held.sendNow(a.id)]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['a']);
  });

  it('stays where it was refused, and can be sent again', async () => {
    failure = new Error('ben was first');
    held.hold(a, 1000);
    await jest.advanceTimersByTimeAsync(1000);
    expect(held.all()).toMatchObject([{ id: 'a', state: { kind: 'failed', error: failure } }]);
    failure = null;
    await held.sendNow(a.id);
    expect({ sent, held: held.all() }).toEqual({ sent: ['a', 'a'], held: [] });
  });

  it('takes the place of an earlier one to the same handoff', async () => {
    held.hold(a, 5000);
    held.hold({ ...a, request: { packet_version: 1, type: 'reject' } }, 5000);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(['a']);
  });

  it('is sent at once where the page is closed', () => {
    held.hold(a, 5000);
    held.hold(b, 5000);
    held.sendAll();
    expect(sent).toEqual(['a', 'b']);
  });
});
