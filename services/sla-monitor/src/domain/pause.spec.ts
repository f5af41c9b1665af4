import { describe, expect, it } from '@jest/globals';
import { armed, asked, iso, moment, move, nothing, secondLevel, told } from './events.for-spec.js';
import { fireClock } from './fire-clock.js';
import { followMove } from './follow-move.js';
import { followRouted } from './follow-routed.js';
import type { Watch } from './watch.js';

const levelOne = (): Watch => followRouted(nothing(), asked(), moment(1)).watch;
const asks = (watch: Watch, seconds: number, sequence = 1) => followMove(watch, move('request_info', { sequence }), moment(seconds));
const answers = (watch: Watch, seconds: number, sequence = 2) => followMove(watch, move('info_given', { sequence }), moment(seconds));
const LEVEL_ONE = 'ack_by 300, decide_by@0.5 450, decide_by@0.8 720, decide_by 900';
const LATER_BY_60 = 'ack_by 360, decide_by@0.5 510, decide_by@0.8 780, decide_by 960';

describe('a question to the agent', () => {
  it('puts the level’s windows off by as long as the answer takes, and says so', () => {
    const paused = asks(levelOne(), 100);
    expect(armed(paused.watch)).toBe('info_by 700, ack_by 900, decide_by@0.5 1050, decide_by@0.8 1320, decide_by 1500');
    expect(paused.said).toMatchObject([{ event: 'paused', clock: 'info_by', level: 1 }]);
    const resumed = answers(paused.watch, 160);
    expect(armed(resumed.watch)).toBe(LATER_BY_60);
    expect(resumed.said.map(({ event, due_at }) => `${event} ${due_at.toISOString()}`)).toEqual([`resumed ${iso(960)}`]);
  });

  it('puts off the warnings that routing named, too', () => {
    const watch = followRouted(nothing(), asked({ warnings: [{ share: 0.5, at: iso(120) }] }), moment(1)).watch;
    expect(armed(answers(asks(watch, 100).watch, 160).watch)).toBe('decide_by@0.5 180, ack_by 360, decide_by 960');
  });

  it('says until when it would have waited, and takes the windows that routing names of it then: acknowledging that lapsed does not again', () => {
    const resumed = answers(asks(levelOne(), 400).watch, 460);
    expect(resumed.said).toMatchObject([{ event: 'resumed', info_by: moment(1000).now }]);
    const again = asked({
      sequence: 2,
      routed_at: iso(460),
      ack_by: iso(300),
      decide_by: iso(5000),
      warnings: [{ share: 0.8, at: iso(4000) }],
    });
    expect(armed(followRouted(resumed.watch, again, moment(461)).watch)).toBe('decide_by@0.8 4000, decide_by 5000');
  });

  it('that is not answered is waited for no longer than the setting says', () => {
    const { watch } = asks(levelOne(), 100);
    const [until] = watch.clocks.filter(({ clock }) => clock === 'info_by');
    if (!until) throw new Error('No clock waits for the answer.');
    const lapsed = fireClock(watch, until, moment(700));
    expect(told(lapsed)).toEqual(['resumed info_by 1']);
    expect(armed(lapsed.watch)).toBe('ack_by 900, decide_by@0.5 1050, decide_by@0.8 1320, decide_by 1500');
    expect(answers(lapsed.watch, 800).said).toEqual([]);
  });

  it('stops a level once, and the next level once more', () => {
    const once = answers(asks(levelOne(), 100).watch, 160).watch;
    const again = asks(once, 200, 3);
    expect([armed(again.watch), again.said]).toEqual([LATER_BY_60, []]);
    const second = followRouted(again.watch, secondLevel(960), moment(960)).watch;
    expect(told(followMove(second, move('request_info', { sequence: 4, level: 2 }), moment(970)))).toEqual(['paused info_by 2']);
  });

  it('that is passed on meanwhile waits no more', () => {
    const second = followRouted(asks(levelOne(), 100).watch, secondLevel(200), moment(200)).watch;
    expect(armed(second)).toBe('ack_by 500, decide_by@0.5 650, decide_by@0.8 920, decide_by 1100');
  });

  it('that comes after the breach, or from an earlier level, stops nothing', () => {
    const breached = { ...levelOne(), handoff: { ...levelOne().handoff, breached_at: moment(900).now } };
    expect(asks(breached, 901).said).toEqual([]);
    expect(armed(asks(followRouted(levelOne(), secondLevel(900), moment(900)).watch, 901).watch)).not.toContain('info_by');
    expect(armed(levelOne())).toBe(LEVEL_ONE);
  });
});
