import { describe, expect, it } from '@jest/globals';
import type { Handover, HandoverItem } from '../api/desk-types.js';
import { formatInstant } from '../time/format-instant.js';
import { writeHandover } from './write-handover.js';

const NOW = '2026-03-01T18:00:00Z';
const SINCE = '2026-03-01T17:30:00Z';

const item = (changes: Partial<HandoverItem>): HandoverItem =>
  ({
    ...{ handoff_id: 'h1', task_id: 't1', agent_id: 'refunds', title: 'Refund the kettle', state: 'open', urgency: 'high' },
    ...{ decide_by: '2026-03-01T18:15:00Z', acknowledged_by: null, acknowledged_at: null, holder: null, team: 'support' },
    ...{ last_comments: [], ...changes },
  }) as unknown as HandoverItem; // what is read

const write = (...items: readonly HandoverItem[]) =>
  writeHandover({ now: NOW, teams: ['support'], items } as unknown as Handover, 'https://desk.example');

describe('writeHandover', () => {
  it('says of each how much time is left, who is on it, what was said last, and where it is', () => {
    const text = write(
      item({ acknowledged_by: 'ana', acknowledged_at: SINCE, last_comments: [{ by: 'ben', at: SINCE, text: 'Wait for\nthe photo.' }] }),
    );
    expect(text.split('\n')).toEqual([
      `Hand-over of support, ${formatInstant(NOW)}: 1 still open`,
      '',
      '1. Refund the kettle',
      '   15 minutes left, high urgency, by refunds',
      `   On it: ana, since ${formatInstant(SINCE)}`,
      `   ben, ${formatInstant(SINCE)}: Wait for the photo.`,
      '   https://desk.example/#/handoffs/h1',
      '',
    ]);
  });

  it('says where nobody is on it, and who has taken something over', () => {
    const text = write(item({}), item({ state: 'ended', holder: 'ana' }));
    expect(text).toContain('Nobody is on it; asked of support');
    expect(text).toContain('Taken over by ana, and not done yet');
    expect(text.match(/left/g)).toHaveLength(1);
  });

  it('shows what is hidden in a packet’s words', () => {
    expect(write(item({ title: 'invoice\u202Egnp.exe' }))).toContain('1. invoice⟦U+202E⟧gnp.exe');
  });
});
