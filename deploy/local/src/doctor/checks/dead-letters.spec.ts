import { describe, expect, it } from '@jest/globals';
import type { ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import { seen, whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { deadLetters } from './dead-letters.js';

const letter = (over: Partial<ListedDeadLetter> = {}) =>
  ({
    topic: 'handoff.accepted',
    code: 'handler_failed',
    message: 'no room',
    died_at: '2026-11-28T09:00:00Z',
    refused: false,
    ...over,
  }) as ListedDeadLetter;

const judge = (...letters: readonly ListedDeadLetter[]) =>
  deadLetters.judge(whatIsSeen({ deadLetters: [{ service: 'routing', waiting: seen(letters), refused: seen(letters) }] }));

describe('dead letters', () => {
  it('page by topic and code, with the newest reason', () => {
    expect(judge(letter(), letter(), letter({ code: 'unreadable', message: 'no JSON' }))).toMatchObject([
      { part: 'topic handoff.accepted', figures: { code: 'handler_failed', waiting: 2 }, saw: expect.stringContaining('no room') },
      { figures: { code: 'unreadable', waiting: 1 } },
    ]);
  });

  it('are nothing where their agents were told', () => {
    expect(judge(letter({ refused: true }))).toEqual([]);
  });

  it('are a ticket where many unreadable ones come at once', () => {
    const refused = Array.from({ length: 6 }, () => letter({ topic: 'handoff.escalations', code: 'unreadable', refused: true }));
    expect(judge(...refused)).toMatchObject([{ severity: 'ticket', part: 'topic handoff.escalations', figures: { refused: 6 } }]);
  });

  it('are counted where they are too many to be listed', () => {
    const metrics = 'handoff_audit_findings{service="routing",finding="dead_letters"} 3';
    const none = { service: 'routing', waiting: seen([]), refused: seen([]) } as const;
    expect(deadLetters.judge(whatIsSeen({ ...withMetrics('routing', metrics), deadLetters: [none] }))).toMatchObject([
      { figures: { waiting: 3 } },
    ]);
  });

  it('are counted where nobody may ask for them', () => {
    const metrics = 'handoff_audit_findings{service="routing",finding="dead_letters"} 3';
    expect(deadLetters.judge(whatIsSeen({ ...withMetrics('routing', metrics), deadLetters: null }))).toMatchObject([
      { part: 'routing', figures: { waiting: 3 } },
    ]);
  });
});
