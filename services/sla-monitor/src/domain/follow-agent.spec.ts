import { describe, expect, it } from '@jest/globals';
import type { AgentId, HandoffReplied, HandoffRouted, OfferId } from '@handoff/contracts';
import { accepted, armed, asked, iso, moment, nothing } from './events.for-spec.js';
import { followReplied } from './follow-agent.js';
import { fireClock } from './fire-clock.js';
import { followAccepted } from './follow-accepted.js';
import { followRouted } from './follow-routed.js';
import { keepSaid } from './keep-said.js';
import type { ArmedClock, Watch } from './watch.js';

const OFFER = '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e0f' as OfferId;
const ANOTHER = '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e10' as OfferId;
const agent = { agent_id: 'research' as AgentId, offer_id: OFFER, round: 1, of: 3, lease_seconds: 100 };
const offered = (over: Partial<HandoffRouted> = {}) => asked({ event: 'offered', ack_by: iso(60), agent, ...over });
const held = (leaseBy: number, over: Partial<HandoffRouted> = {}) =>
  asked({ event: 'held', sequence: 2, cycle: 2, agent: { ...agent, lease_by: iso(leaseBy) }, ...over });
const said = (event: HandoffReplied['event'], offer_id: OfferId = OFFER) => ({ event, offer_id }) as HandoffReplied; // what a clock looks at

const withAgent = (): Watch => followRouted(followAccepted(nothing(), accepted(), moment(0)).watch, offered(), moment(1)).watch;
const atWork = (): Watch => followRouted(withAgent(), held(110), moment(10)).watch;

describe('an agent’s turn', () => {
  it('has the offer’s clock alone, and then the lease’s', () => {
    expect(armed(withAgent())).toBe('ack_by 60');
    expect(armed(atWork())).toBe('lease_by 110');
  });

  it('has its lease anew whenever the agent that holds it is heard of', () => {
    expect(armed(followReplied(atWork(), said('progress'), moment(80)).watch)).toBe('lease_by 180');
    expect(armed(followReplied(atWork(), said('ask'), moment(80)).watch)).toBe('lease_by 180');
  });

  it('is renewed by nobody else, and by nothing that is no sign of work', () => {
    expect(armed(followReplied(atWork(), said('progress', ANOTHER), moment(80)).watch)).toBe('lease_by 110');
    expect(armed(followReplied(atWork(), said('accept'), moment(80)).watch)).toBe('lease_by 110');
    expect(armed(followReplied(withAgent(), said('progress'), moment(50)).watch)).toBe('ack_by 60');
  });

  it.each([
    ['an offer that is not answered', withAgent(), 60, 'ack_by'],
    ['an agent that is not heard of', atWork(), 110, 'lease_by'],
  ] as const)('lapses with %s, and routing has its time to find somebody else', (_, watch, due, clock) => {
    const [armedClock] = watch.clocks;
    const fired = armedClock && fireClock(watch, armedClock, moment(due));
    expect(fired?.said).toMatchObject([{ event: 'lapsed', clock, level: 1 }]);
    expect(fired && armed(fired.watch)).toBe(`route_by ${due + 60}`);
  });

  it('is over once people are asked', () => {
    const reviewed = followRouted(atWork(), asked({ sequence: 3, cycle: 3 }), moment(90)).watch;
    expect(armed(reviewed)).toBe('ack_by 300, decide_by@0.5 450, decide_by@0.8 720, decide_by 900');
    expect(reviewed.handoff.offer_id).toBeNull();
  });

  describe('that has lapsed', () => {
    const lapsed = (watch: Watch, at: number): Watch => {
      const [due] = watch.clocks;
      const { watch: after, said: words } = due ? fireClock(watch, due, moment(at)) : { watch, said: [] };
      return { ...after, handoff: keepSaid({ watch: after, said: words }, moment(at).now) };
    };

    it.each([
      ['an offer', lapsed(withAgent(), 60), offered({ sequence: 2 })],
      ['a lease', lapsed(atWork(), 110), held(110, { sequence: 3 })],
    ])('lapses once, if routing speaks of %s again before it has read of that', (_, watch, again) => {
      expect(armed(followRouted(watch, again, moment(115)).watch)).toBe(armed(watch));
    });

    it('begins anew with a longer lease, and with the next agent', () => {
      const late = lapsed(atWork(), 110);
      expect(armed(followRouted(late, held(300, { sequence: 3 }), moment(115)).watch)).toBe('lease_by 300');
      const next = { ...agent, offer_id: ANOTHER };
      expect(armed(followRouted(late, offered({ sequence: 3, cycle: 3, agent: next }), moment(115)).watch)).toBe('ack_by 60');
    });

    it('is told to have lapsed again, as another event, where routing has not answered in its time', () => {
      const late = lapsed(atWork(), 110);
      const [routeBy] = late.clocks;
      const first = fireClock(atWork(), atWork().clocks[0] as ArmedClock, moment(110)).said; // armed, as above
      const missed = routeBy && fireClock(late, routeBy, moment(170)).said;
      expect(missed).toMatchObject([{ event: 'unrouted' }, { event: 'lapsed', clock: 'lease_by', due_at: first[0]?.due_at }]);
      expect(missed?.[1]?.identity).not.toEqual(first[0]?.identity);
    });
  });
});
