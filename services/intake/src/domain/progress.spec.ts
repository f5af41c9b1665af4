import { describe, expect, it } from '@jest/globals';
import type { HandoffMove, HandoffNotified, HandoffRouted } from '@handoff/contracts';
import { NO_PROGRESS, statusOf, withMove, withNotified, withRouted, type Progress } from './progress.js';

type Step = (progress: Progress) => Progress;
const routed =
  (sequence: number, level: number, cycle = 1): Step =>
  (progress) =>
    withRouted(progress, { sequence, level: { number: level, name: 'l', of: 3 }, cycle, asked: ['ana'] } as unknown as HandoffRouted);
const notified =
  (level: number, over: Partial<HandoffNotified> = {}): Step =>
  (progress) =>
    withNotified(progress, { event: 'delivered', channel: 'email', level, cycle: 1, packet_version: 1, ...over } as HandoffNotified);
const moved =
  (sequence: number, event: HandoffMove['event'], level: number): Step =>
  (progress) =>
    withMove(progress, { event, sequence, level, cycle: 1 } as HandoffMove);

const after = (...steps: readonly Step[]): Progress => steps.reduce((progress, step) => step(progress), NO_PROGRESS);
const status = (...steps: readonly Step[]) => statusOf(after(...steps), null);

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.length === 0 ? [[]] : items.flatMap((it, at) => permutations(items.filter((_, i) => i !== at)).map((rest) => [it, ...rest]));
}

describe('statusOf', () => {
  it('follows what has happened at the level that is asked now', () => {
    expect(status()).toBe('accepted');
    expect(status(routed(1, 1))).toBe('routed');
    expect(status(routed(1, 1), notified(1))).toBe('notified');
    expect(status(routed(1, 1), notified(1), moved(1, 'acknowledge', 1))).toBe('acknowledged');
    expect(status(routed(1, 1), notified(1), moved(1, 'acknowledge', 1), moved(2, 'release', 1))).toBe('notified');
    expect(status(routed(1, 1), notified(1), moved(1, 'acknowledge', 1), routed(2, 2))).toBe('routed');
    expect(status(routed(1, 3), notified(3), routed(2, 3, 2))).toBe('routed');
  });

  it('is decided by a person and ended by anything else, whatever went before', () => {
    expect(statusOf(after(routed(1, 1)), 'reject')).toBe('decided');
    expect(statusOf(NO_PROGRESS, 'withdrawn')).toBe('ended');
  });

  it('is the same for every order of arrival', () => {
    const steps = [
      routed(1, 1),
      routed(2, 2),
      notified(1),
      notified(2),
      moved(3, 'acknowledge', 1),
      moved(5, 'acknowledge', 2),
      moved(4, 'release', 1),
    ];
    const results = new Set(permutations(steps).map((order) => JSON.stringify([after(...order).routed, statusOf(after(...order), null)])));
    expect([...results]).toHaveLength(1);
    expect(status(...steps)).toBe('acknowledged');
  });
});

describe('withNotified', () => {
  it('learns the desk’s version from what the desk shows alone, and never an older one', () => {
    const desk = (packet_version: number): Step => notified(1, { channel: 'desk', packet_version });
    expect(after(desk(2), desk(1)).desk_version).toBe(2);
    expect(after(notified(1, { packet_version: 5 })).desk_version).toBe(0);
    expect(after(notified(1, { channel: 'desk', event: 'seen', packet_version: 5 })).desk_version).toBe(0);
  });

  it('is told nothing by a copy that failed', () => {
    expect(after(notified(1, { event: 'failed' }))).toBe(NO_PROGRESS);
  });
});
