import type { HandoffId, HistoryLine, Service } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { mergeHistory, type GatheredPart } from './merge-history.js';

const H = 'h' as HandoffId;
const line = (at: string, text: string): HistoryLine => ({ at, text, event: 'clock', who: null, trace_id: null });
const told = (service: Service, ...lines: readonly HistoryLine[]): GatheredPart => ({ kind: 'told', service, handoffId: H, lines });
const merged = (parts: readonly GatheredPart[], most?: number) =>
  mergeHistory({ handoffId: H, strands: [], strandsLeftOut: 0, parts }, most);

describe('the timeline of a handoff', () => {
  it('is in the order of its instants, whoever tells them and however they are written', () => {
    const { lines } = merged([
      told('notifier', line('2026-11-28T10:00:02.000Z', 'told')),
      told('intake', line('2026-11-28T10:00:00.500Z', 'accepted')),
      told('routing', line('2026-11-28T11:00:01+01:00', 'asked')),
    ]);
    expect(lines.map(({ text }) => text)).toEqual(['accepted', 'asked', 'told']);
  });

  it('has what happened in one instant as a handoff meets the services, and as each has told it', () => {
    const at = '2026-11-28T10:00:00.000Z';
    const { lines } = merged([told('feedback', line(at, 'heard')), told('intake', line(at, 'first'), line(at, 'second'))]);
    expect(lines.map(({ service, text }) => [service, text])).toEqual([
      ['intake', 'first'],
      ['intake', 'second'],
      ['feedback', 'heard'],
    ]);
  });

  it('names whoever did not tell its part, and has the others', () => {
    const { lines, gaps } = merged([
      { kind: 'gap', service: 'routing', handoffId: H, why: 'away' },
      { kind: 'gap', service: 'routing', handoffId: 'e' as HandoffId, why: 'away' },
      told('intake', line('2026-11-28T10:00:00Z', 'accepted')),
    ]);
    expect(gaps).toEqual([{ service: 'routing', why: 'away' }]);
    expect(lines).toHaveLength(1);
  });

  it('is one of a delegation and of what was asked within it, and says of each line which it is of', () => {
    const asked = { ...told('intake', line('2026-11-28T10:00:01Z', 'asked within')), handoffId: 'e' as HandoffId };
    const given = told('intake', line('2026-11-28T10:00:00Z', 'given'), line('2026-11-28T10:00:02Z', 'delivered'));
    expect(merged([asked, given]).lines.map(({ handoff_id, text }) => `${handoff_id} ${text}`)).toEqual([
      'h given',
      'e asked within',
      'h delivered',
    ]);
  });

  it('keeps the newest where there are too many, and says how many it leaves out', () => {
    const many = Array.from({ length: 7 }, (_, at) => line(`2026-11-28T10:00:0${at}Z`, String(at)));
    expect(merged([told('intake', ...many)], 5)).toMatchObject({ left_out: 2, lines: [{ text: '2' }, {}, {}, {}, { text: '6' }] });
  });
});
