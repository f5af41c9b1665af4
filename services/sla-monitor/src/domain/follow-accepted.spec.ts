import { describe, expect, it } from '@jest/globals';
import { accepted, armed, asked, decision, iso, moment, nothing } from './events.for-spec.js';
import { followAccepted } from './follow-accepted.js';
import { followDecision } from './follow-decision.js';
import { followRouted } from './follow-routed.js';

describe('an accepted handoff', () => {
  it('gives routing its time, from when it is looked at', () => {
    expect(armed(followAccepted(nothing(), accepted(), moment(5)).watch)).toBe('route_by 65');
  });

  it('gives it no time where routing was quicker than its news', () => {
    const routed = followRouted(nothing(), asked(), moment(0)).watch;
    expect(armed(followAccepted(routed, accepted(), moment(5)).watch)).toBe(armed(routed));
  });

  it('expires when its packet says so', () => {
    expect(armed(followAccepted(nothing(), accepted({}, iso(30)), moment(0)).watch)).toBe('expires_at 30, route_by 60');
  });

  it('expires at another time, or not at all, when a later packet says so', () => {
    const { watch } = followAccepted(nothing(), accepted({}, iso(30)), moment(0));
    expect(armed(followAccepted(watch, accepted({ sequence: 2 }, iso(40)), moment(0)).watch)).toBe('expires_at 40, route_by 60');
    expect(armed(followAccepted(watch, accepted({ sequence: 2 }), moment(0)).watch)).toBe('route_by 60');
  });

  it('does not expire again when an update names the instant that has passed', () => {
    const { watch } = followAccepted(nothing(), accepted({}, iso(30)), moment(0));
    const fired = { ...watch, clocks: watch.clocks.filter(({ clock }) => clock !== 'expires_at') };
    expect(armed(followAccepted(fired, accepted({ sequence: 2 }, iso(30)), moment(31)).watch)).toBe('route_by 60');
  });

  it('does not get more time for routing with an update', () => {
    const { watch } = followAccepted(nothing(), accepted(), moment(0));
    expect(armed(followAccepted(watch, accepted({ sequence: 2, event: 'updated' }), moment(30)).watch)).toBe('route_by 60');
  });

  it('is not changed by what is older than what was seen', () => {
    const { watch } = followAccepted(nothing(), accepted({ sequence: 2 }), moment(0));
    expect(followAccepted(watch, accepted({ sequence: 1 }, iso(9)), moment(1)).watch).toBe(watch);
  });

  it('has no clock where its end came first', () => {
    const ended = followDecision(nothing(), decision()).watch;
    const { watch } = followAccepted(ended, accepted({}, iso(30)), moment(0));
    expect(armed(watch)).toBe('');
    expect(watch.handoff.state).toBe('ended');
  });
});
