import { describe, expect, it } from '@jest/globals';
import { accepted, armed, asked, decision, moment, move, nothing, secondLevel } from './events.for-spec.js';
import { followAccepted } from './follow-accepted.js';
import { followDecision } from './follow-decision.js';
import { followMove } from './follow-move.js';
import { followRouted } from './follow-routed.js';

const levelOne = () => followRouted(nothing(), asked(), moment(1)).watch;
const ACKNOWLEDGED = 'decide_by@0.5 450, decide_by@0.8 720, decide_by 900';

describe('a move', () => {
  it('that acknowledges stops ack_by, and never decide_by', () => {
    expect(armed(followMove(levelOne(), move('acknowledge'), moment(10)).watch)).toBe(ACKNOWLEDGED);
  });

  it('that releases gives the level its acknowledgement window anew, from now', () => {
    const acknowledged = followMove(levelOne(), move('acknowledge'), moment(10)).watch;
    const released = followMove(acknowledged, move('release', { sequence: 2 }), moment(100)).watch;
    expect(armed(released)).toBe('ack_by 400, decide_by@0.5 450, decide_by@0.8 720, decide_by 900');
  });

  it('tells the urgency that a person has set, until the decision', () => {
    const desk = { urgency: 'low', acknowledged_by: null, deferred_until: null, open_question: null, votes: 0, holder: null } as const;
    const set = followMove(levelOne(), move('set_urgency', { desk }), moment(10)).watch;
    expect(set.handoff.urgency).toBe('low');
    expect(followAccepted(set, accepted(), moment(11)).watch.handoff.urgency).toBe('low');
    const ended = followDecision(set, decision()).watch;
    expect(followMove(ended, move('comment', { sequence: 2, desk }), moment(12)).watch.handoff.urgency).toBe('high');
  });

  it('that is older than what was seen changes nothing', () => {
    const released = followMove(levelOne(), move('release', { sequence: 2 }), moment(10)).watch;
    expect(followMove(released, move('acknowledge', { sequence: 1 }), moment(11)).watch).toBe(released);
  });

  it('of a level that is past changes no clock', () => {
    const second = followRouted(levelOne(), secondLevel(400), moment(400)).watch;
    expect(armed(followMove(second, move('acknowledge'), moment(401)).watch)).toBe(armed(second));
  });

  it('that released before the level was told leaves the acknowledgement to be waited for', () => {
    const acknowledged = followMove(nothing(), move('acknowledge'), moment(0)).watch;
    const released = followMove(acknowledged, move('release', { sequence: 2 }), moment(0)).watch;
    expect(armed(released)).toBe('');
    expect(armed(followRouted(released, asked(), moment(1)).watch)).toContain('ack_by 300');
  });

  it('that releases after a breach arms nothing: the level is over', () => {
    const watch = levelOne();
    const breached = { handoff: { ...watch.handoff, breached_at: moment(900).now }, clocks: [] };
    expect(armed(followMove(breached, move('release'), moment(901)).watch)).toBe('');
  });
});
