import { describe, expect, it } from '@jest/globals';
import { accepted, armed, asked, decision, iso, moment, move, nothing, secondLevel } from './events.for-spec.js';
import { fireClock } from './fire-clock.js';
import { followAccepted } from './follow-accepted.js';
import { followDecision } from './follow-decision.js';
import { followMove } from './follow-move.js';
import { followRouted } from './follow-routed.js';
import type { Watch } from './watch.js';

const LEVEL_1 = 'ack_by 300, decide_by@0.5 450, decide_by@0.8 720, decide_by 900';

function levelOne(): Watch {
  return followRouted(followAccepted(nothing(), accepted(), moment(0)).watch, asked(), moment(1)).watch;
}

function breached(): Watch {
  const watch = levelOne();
  const [due] = watch.clocks.filter(({ clock, share }) => clock === 'decide_by' && share === 1);
  return due ? fireClock(watch, due, moment(900)).watch : watch;
}

describe('a level that is asked', () => {
  it('has its windows and warnings, and routing has answered', () => {
    expect(armed(levelOne())).toBe(LEVEL_1);
  });

  it('has them too where the acceptance comes later', () => {
    const routed = followRouted(nothing(), asked(), moment(1)).watch;
    expect(armed(followAccepted(routed, accepted(), moment(2)).watch)).toBe(LEVEL_1);
  });

  it('warns at the instants that routing names, in whatever calendar it counts', () => {
    const warnings = [
      { share: 0.5, at: iso(60) },
      { share: 0.8, at: iso(899) },
    ];
    const named = followRouted(nothing(), asked({ warnings }), moment(1)).watch;
    expect(armed(named)).toBe('decide_by@0.5 60, ack_by 300, decide_by@0.8 899, decide_by 900');
    expect(armed(followRouted(nothing(), asked({ warnings: [] }), moment(1)).watch)).toBe('ack_by 300, decide_by 900');
  });

  it('does not warn those who are asked when the instant has passed', () => {
    const warnings = [
      { share: 0.5, at: iso(450) },
      { share: 0.8, at: iso(720) },
    ];
    const given = followRouted(levelOne(), asked({ sequence: 2, cycle: 2, routed_at: iso(500), ack_by: iso(800), warnings }), moment(500));
    expect(armed(given.watch)).toBe('decide_by@0.8 720, ack_by 800, decide_by 900');
  });

  it('takes the place of the level before', () => {
    expect(armed(followRouted(levelOne(), secondLevel(400), moment(400)).watch)).toBe(
      'ack_by 700, decide_by@0.5 850, decide_by@0.8 1120, decide_by 1300',
    );
  });

  it('keeps the packet’s own expiry', () => {
    const { watch } = followAccepted(nothing(), accepted({}, iso(30)), moment(0));
    expect(armed(followRouted(watch, asked(), moment(1)).watch)).toBe(`expires_at 30, ${LEVEL_1}`);
  });

  it('waits for nobody’s acknowledgement where it was told before the level was', () => {
    const acknowledged = followMove(nothing(), move('acknowledge'), moment(0)).watch;
    expect(armed(followRouted(acknowledged, asked(), moment(1)).watch)).not.toContain('ack_by');
  });

  it('waits for nobody’s acknowledgement where nobody is paged', () => {
    expect(armed(followRouted(nothing(), asked({ page: false }), moment(1)).watch)).not.toContain('ack_by');
  });

  it('is not changed by what is older than what was seen', () => {
    const second = followRouted(levelOne(), secondLevel(400), moment(400)).watch;
    expect(followRouted(second, asked(), moment(401)).watch).toBe(second);
  });

  it('does not warn twice when routing speaks of it again', () => {
    const watch = levelOne();
    const warned = { ...watch, clocks: watch.clocks.filter(({ share }) => share !== 0.5) };
    expect(armed(followRouted(warned, asked({ sequence: 2 }), moment(460)).watch)).toBe('ack_by 300, decide_by@0.8 720, decide_by 900');
  });

  it('has new windows when they were moved', () => {
    expect(armed(followRouted(levelOne(), asked({ sequence: 2, decide_by: iso(1000) }), moment(5)).watch)).toBe(
      'ack_by 300, decide_by@0.5 500, decide_by@0.8 800, decide_by 1000',
    );
  });

  it('does not answer its own breach by being told again', () => {
    expect(armed(followRouted(breached(), asked({ sequence: 2 }), moment(901)).watch)).toBe('route_by 960');
  });

  it('answers a breach with the next level, or with another cycle of the same', () => {
    const second = followRouted(breached(), secondLevel(901), moment(901)).watch;
    expect(armed(second)).toBe('ack_by 1201, decide_by@0.5 1351, decide_by@0.8 1621, decide_by 1801');
    expect(second.handoff.breached_at).toBeNull();
    const again = followRouted(breached(), asked({ sequence: 2, cycle: 2, decide_by: iso(1801) }), moment(901)).watch;
    expect(armed(again)).toContain('decide_by 1801');
  });
});

describe('the team whose SLA it is', () => {
  it('is the one that has it, as long as there is time', () => {
    expect(levelOne().handoff.team).toBe('support');
    expect(followRouted(levelOne(), secondLevel(899), moment(899)).watch.handoff.team).toBe('leads');
  });

  it('is still the one that had it, where the next one is asked once it has run out', () => {
    expect(followRouted(breached(), secondLevel(901), moment(901)).watch.handoff.team).toBe('support');
  });

  it('is known where the decision came first, and no other one after it', () => {
    const decided = followRouted(followDecision(nothing(), decision()).watch, asked(), moment(1)).watch;
    expect(decided.handoff.team).toBe('support');
    expect(followRouted(decided, secondLevel(400), moment(400)).watch.handoff.team).toBe('support');
  });
});

describe('an end that routing asks for', () => {
  const end = asked({ sequence: 2, event: 'end' });

  it('stops no clock, and is watched until the decision', () => {
    expect(armed(followRouted(levelOne(), end, moment(10)).watch)).toBe(`route_by 70, ${LEVEL_1}`);
  });

  it('has an armed clock where it is all that was seen', () => {
    expect(armed(followRouted(nothing(), end, moment(10)).watch)).toBe('route_by 70');
  });

  it('answers a breach: that is not sent again', () => {
    const { watch } = followRouted(breached(), end, moment(901));
    expect(watch.handoff.breached_at).toBeNull();
    expect(armed(watch)).toBe('route_by 960');
  });
});

it('arms nothing after the end', () => {
  const ended = followDecision(nothing(), decision()).watch;
  expect(armed(followRouted(ended, asked(), moment(1)).watch)).toBe('');
});
