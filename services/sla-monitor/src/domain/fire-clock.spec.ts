import { describe, expect, it } from '@jest/globals';
import type { Seconds } from '@handoff/contracts';
import { accepted, armed, asked, at, iso, moment, nothing, secondLevel, told } from './events.for-spec.js';
import { fireClock } from './fire-clock.js';
import { followAccepted } from './follow-accepted.js';
import { followRouted } from './follow-routed.js';
import { silently, type Change, type Watch } from './watch.js';

const acceptedAlone = () => followAccepted(nothing(), accepted({}, iso(2000)), moment(0)).watch;
const levelOne = () => followRouted(acceptedAlone(), asked(), moment(1)).watch;

/** Fires what is due at that second, in the order in which it was due. */
function fireAt(watch: Watch, second: Seconds): Change {
  const due = watch.clocks
    .filter(({ due_at }) => due_at <= at(second))
    .toSorted((one, other) => one.due_at.getTime() - other.due_at.getTime());
  return due.reduce<Change>((before, clock) => {
    const { watch: after, said } = fireClock(before.watch, clock, moment(second));
    return { watch: after, said: [...before.said, ...said] };
  }, silently(watch));
}

describe('a clock that is due', () => {
  it('lapses ack_by, once, and leaves the level as it is', () => {
    const fired = fireAt(levelOne(), 300);
    expect(told(fired)).toEqual(['lapsed ack_by 1']);
    expect(armed(fired.watch)).toBe('decide_by@0.5 450, decide_by@0.8 720, decide_by 900, expires_at 2000');
  });

  it('warns at half and at four fifths of the window', () => {
    const first = fireAt(fireAt(levelOne(), 300).watch, 450);
    expect(first.said).toMatchObject([{ event: 'warning', clock: 'decide_by', share: 0.5 }]);
    expect(fireAt(first.watch, 720).said).toMatchObject([{ event: 'warning', clock: 'decide_by', share: 0.8 }]);
  });

  it('breaches decide_by, disarms the level and gives routing its time', () => {
    const fired = fireAt(fireAt(levelOne(), 800).watch, 900);
    expect(fired.said).toMatchObject([{ event: 'breached', clock: 'decide_by', level: 1, cycle: 1, due_at: at(900), share: null }]);
    expect(armed(fired.watch)).toBe('route_by 960, expires_at 2000');
  });

  it('counts a level among those that were breached once, however often it is asked', () => {
    const again = followRouted(fireAt(levelOne(), 900).watch, asked({ sequence: 2, cycle: 2, decide_by: iso(1800) }), moment(901)).watch;
    const second = followRouted(fireAt(again, 1800).watch, secondLevel(1801, { sequence: 3 }), moment(1801)).watch;
    expect(second.handoff.breached_levels).toEqual([1]);
    expect(fireAt(second, 2701).watch.handoff.breached_levels).toEqual([1, 2]);
  });

  it('finds a handoff unrouted before any level was asked, and again every window', () => {
    const first = fireAt(acceptedAlone(), 60);
    expect(told(first)).toEqual(['unrouted route_by 0']);
    expect(armed(first.watch)).toBe('route_by 120, expires_at 2000');
    expect(told(fireAt(first.watch, 120))).toEqual(['unrouted route_by 0']);
  });

  it('sends a breach again that routing did not answer, as another event', () => {
    const breached = fireAt(levelOne(), 900);
    const again = fireAt(breached.watch, 960);
    const thrice = fireAt(again.watch, 1020);
    expect(told(again)).toEqual(['unrouted route_by 1', 'breached decide_by 1']);
    expect(told(thrice)).toEqual(told(again));
    expect(again.said).toMatchObject([{ due_at: at(960) }, { due_at: at(900) }]);
    const said = [...breached.said, ...again.said, ...thrice.said];
    expect(new Set(said.map(({ identity }) => identity.join())).size).toBe(said.length);
  });

  it('lapses expires_at, and another clock is still armed', () => {
    const fired = fireAt(levelOne(), 2000);
    expect(told(fired).at(-1)).toBe('lapsed expires_at 1');
    expect(armed(fired.watch)).not.toBe('');
  });

  it('fires everything that an outage left behind, in turn, counting its events', () => {
    const fired = fireAt(levelOne(), 1000);
    expect(told(fired)).toEqual(['lapsed ack_by 1', 'warning decide_by 1', 'warning decide_by 1', 'breached decide_by 1']);
    expect(fired.said.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(fired.watch.handoff.sequence).toBe(4);
    expect(armed(fired.watch)).toBe('route_by 1060, expires_at 2000');
  });

  it('does nothing where it was disarmed, or armed anew, meanwhile', () => {
    const [due] = levelOne().clocks.filter(({ clock }) => clock === 'ack_by');
    const second = followRouted(levelOne(), secondLevel(200), moment(200)).watch;
    expect(due && fireClock(second, due, moment(301)).watch).toBe(second);
  });

  it('is the same event when it fires again from the same state', () => {
    const once = fireAt(levelOne(), 900).said.map(({ identity }) => identity);
    expect(fireAt(levelOne(), 905).said.map(({ identity }) => identity)).toEqual(once);
  });
});

it('has an armed clock at every instant of an open handoff, whatever fires when', () => {
  for (const start of [acceptedAlone(), levelOne()]) {
    let watch = start;
    for (let second = 0; second < 3000; second += 37) {
      watch = fireAt(watch, second).watch;
      expect(watch.clocks.length).toBeGreaterThan(0);
    }
  }
});
