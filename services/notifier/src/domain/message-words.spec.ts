import { describe, expect, it } from '@jest/globals';
import type { HandoffId } from '@handoff/contracts';
import { bundleMessage } from './bundle-message.js';
import type { ClosedMessage } from './message.js';
import { wordsOf } from './message-words.js';

const closed: ClosedMessage = {
  kind: 'closed',
  handoffId: 'h-1' as HandoffId,
  urgency: 'high',
  title: 'Refund\r\nBcc: everybody@example.test',
  ending: 'ana approved this on 2026-01-01 12:00:00 UTC.',
  link: 'https://desk.test/#/handoffs/h-1',
};
const waiting = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    handoffId: `h-${at}` as HandoffId,
    title: `Refund ${at}`,
    urgency: 'high' as const,
    decideBy: null,
  }));

describe('the words of a message', () => {
  it('have a subject of one line, whatever is in the title', () => {
    expect(wordsOf(closed).subject).toBe('[high] Refund Bcc: everybody@example.test');
    expect(wordsOf({ ...closed, title: 'x'.repeat(500) }).subject).toHaveLength(120);
  });

  it('say first how it ended, and leave nothing to press', () => {
    expect(wordsOf(closed)).toMatchObject({ news: closed.ending, buttons: [], isUrgent: false, thread: 'h-1' });
  });

  it('count what waits, and name the first ten', () => {
    const words = wordsOf(bundleMessage('b-1', 'critical', waiting(312), 312, 'https://desk.test'));
    expect(words).toMatchObject({ subject: '312 handoffs wait for you', isUrgent: true, news: null });
    expect(words.sections[0]?.text.split('\n')).toHaveLength(11);
    expect(words.sections[0]?.text).toMatch(/^- \[high\] Refund 0\n/);
    expect(words.sections[0]?.text).toMatch(/\n- and 302 more$/);
  });

  it('say what of a bundle has ended, until nothing waits', () => {
    expect(wordsOf(bundleMessage('b-1', 'critical', waiting(2), 5, 'https://desk.test'))).toMatchObject({
      subject: '2 handoffs wait for you',
      news: '3 of 5 have ended.',
    });
    expect(wordsOf(bundleMessage('b-1', 'critical', [], 5, 'https://desk.test'))).toMatchObject({
      subject: 'Nothing waits of 5 handoffs',
      isUrgent: false,
      sections: [],
    });
  });
});
