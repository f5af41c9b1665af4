import { describe, expect, it } from '@jest/globals';
import type { AgentId, Delegation, HandoffAccepted, HandoffRouted, OfferId, Packet, Seconds } from '@handoff/contracts';
import { settleDue } from './due-by.js';
import { accepted, armed, asked, at, decision, iso, moment, nothing, told } from './events.for-spec.js';
import { fireClock } from './fire-clock.js';
import { followAccepted } from './follow-accepted.js';
import { followDecision } from './follow-decision.js';
import { followRouted } from './follow-routed.js';
import { silently, type Change, type Watch } from './watch.js';

const OFFER = '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e0f' as OfferId;
const ANOTHER = '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e10' as OfferId;
const DUE = 1000;

const agent = (offer_id: OfferId, round = 1) => ({ agent_id: 'research' as AgentId, offer_id, round, of: 3, lease_seconds: 5000 });
const given = (over: Partial<HandoffAccepted> = {}, delivery?: { readonly at: Seconds; readonly offer: OfferId }): HandoffAccepted =>
  accepted({
    kind: 'delegation',
    packet: {
      urgency: 'high',
      delegation: {
        due_by: iso(DUE),
        ...(delivery ? { delivery: { delivered_at: iso(delivery.at), offer_id: delivery.offer } } : {}),
      } as Delegation,
    } as Packet, // the parts that a clock looks at
    ...over,
  });
const delivered = (second: Seconds, offer = OFFER, version = 2): HandoffAccepted =>
  given({ event: 'delivered', sequence: version, packet_version: version }, { at: second, offer });
const held = (second: Seconds, sequence: number, offer = OFFER, round = 1): HandoffRouted =>
  asked({
    event: 'held',
    sequence,
    cycle: sequence,
    routed_at: iso(second),
    agent: { ...agent(offer, round), lease_by: iso(second + 5000) },
  });
const reviewed = (second: Seconds, sequence: number): HandoffRouted =>
  asked({ sequence, cycle: sequence, routed_at: iso(second), agent: agent(OFFER) });

const isAccepted = (event: HandoffAccepted | HandoffRouted): event is HandoffAccepted => 'accepted_at' in event;
const after = (...events: readonly (readonly [Seconds, HandoffAccepted | HandoffRouted])[]): Watch =>
  events.reduce<Watch>(
    (watch, [second, event]) => (isAccepted(event) ? followAccepted : followRouted)(watch, event as never, moment(second)).watch, // by its kind
    nothing(),
  );
const atWork = () => after([0, given()], [10, held(10, 1)]);

function fireAt(watch: Watch, second: Seconds): Change {
  const due = watch.clocks.filter(({ clock, due_at }) => clock === 'due_by' && due_at <= at(second));
  return due
    .toSorted((one, other) => one.due_at.getTime() - other.due_at.getTime())
    .reduce<Change>((before, clock) => {
      const { watch: next, said } = fireClock(before.watch, clock, moment(second));
      return { watch: next, said: [...before.said, ...said] };
    }, silently(watch));
}
const dueOf = (watch: Watch): string => armed({ ...watch, clocks: watch.clocks.filter(({ clock }) => clock === 'due_by') });
const ALL = 'due_by@0.5 500, due_by@0.8 800, due_by 1000';

describe('the time until a delegation’s work is needed', () => {
  it('runs from the acceptance, whoever has the task, beside the clock of their turn', () => {
    expect(dueOf(atWork())).toBe(ALL);
    expect(armed(atWork())).toBe(`${ALL}, lease_by 5010`);
    expect(dueOf(after([0, given()], [10, held(10, 1)], [20, held(20, 2, ANOTHER)]))).toBe(ALL);
    expect(dueOf(after([10, held(10, 1)], [20, given()]))).toBe(ALL);
  });

  it('warns, and is late once: the task stays where it is', () => {
    const fired = fireAt(atWork(), DUE);
    expect(told(fired)).toEqual(['warning due_by 1', 'warning due_by 1', 'breached due_by 1']);
    expect(armed(fired.watch)).toBe('lease_by 5010');
    expect(dueOf(followRouted(fired.watch, held(1100, 3, ANOTHER), moment(1100)).watch)).toBe('');
  });

  it('has the same identity whoever has the task when it fires', () => {
    const [one] = fireAt(atWork(), 500).said;
    const [other] = fireAt(after([0, given()], [10, held(10, 5, ANOTHER)]), 500).said;
    expect(one?.identity).toEqual(other?.identity);
  });

  it('is over at once where the task came too late', () => {
    const late = after([DUE + 5, given({ accepted_at: iso(DUE + 5) })]);
    expect(dueOf(late)).toBe('due_by 1000');
    expect(told(fireAt(late, DUE + 5))).toEqual(['breached due_by 0']);
  });

  it('rests while people look at what was delivered, in whatever order that is heard', () => {
    expect(dueOf(after([0, given()], [10, held(10, 1)], [300, delivered(300)]))).toBe('');
    expect(dueOf(after([0, given()], [300, delivered(300)], [301, held(10, 1)]))).toBe('');
    expect(dueOf(after([0, given()], [10, held(10, 1)], [300, reviewed(300, 2)], [301, delivered(300)]))).toBe('');
  });

  it('goes on where the delivery is sent back, and is late at once where that comes too late', () => {
    const before = [
      [0, given()],
      [10, held(10, 1)],
      [300, delivered(300)],
      [301, reviewed(301, 2)],
    ] as const;
    expect(dueOf(after(...before, [400, held(400, 3, OFFER, 2)]))).toBe(ALL);
    expect(dueOf(after(...before, [900, held(900, 3, OFFER, 2)]))).toBe('due_by 1000');
    expect(told(fireAt(after(...before, [1200, held(1200, 3, OFFER, 2)]), 1200))).toEqual(['breached due_by 1']);
  });

  it('is not stopped by what an agent hands in that has lost the task', () => {
    expect(dueOf(after([0, given()], [10, held(10, 1)], [20, held(20, 2, ANOTHER)], [30, delivered(30)]))).toBe(ALL);
  });

  it('runs on while people look for somebody', () => {
    expect(dueOf(after([0, given()], [10, asked()]))).toBe(ALL);
  });
});

describe('its result', () => {
  const endAt = (watch: Watch, second: Seconds, version = 2): Change =>
    settleDue(followDecision(watch, decision({ decided_at: iso(second), packet_version: version })));
  const due = ({ said }: Change) => said.map(({ clock, event, due: it }) => ({ clock, event, met: it?.met }));
  const handedIn = (second: Seconds) => after([0, given()], [10, held(10, 1)], [second, delivered(second)]);

  it('is met or missed by the last delivery, however long people looked at it', () => {
    expect(due(endAt(handedIn(900), 5000))).toEqual([{ clock: 'due_by', event: 'result', met: true }]);
    expect(due(endAt(handedIn(1001), 5000))).toEqual([{ clock: 'due_by', event: 'result', met: false }]);
  });

  it('is settled once', () => {
    const ended = endAt(handedIn(900), 950).watch;
    expect(settleDue(silently(ended)).said).toEqual([]);
    expect(settleDue(followAccepted(ended, delivered(980, OFFER, 3), moment(990))).said).toEqual([]);
  });

  it('waits for the delivery where the end is read first', () => {
    const ended = endAt(atWork(), 1500);
    expect(ended.said).toEqual([]);
    expect(due(settleDue(followAccepted(ended.watch, delivered(900), moment(1501))))).toEqual([
      { clock: 'due_by', event: 'result', met: true },
    ]);
  });

  it('is missed where it ended late without a delivery, and none where it ended before it was due', () => {
    expect(due(endAt(atWork(), 1500, 1))).toEqual([{ clock: 'due_by', event: 'result', met: false }]);
    expect(due(endAt(atWork(), 500, 1))).toEqual([]);
  });

  it('is none where nothing says when it is needed', () => {
    expect(due(endAt(after([0, accepted()]), 500, 1))).toEqual([]);
  });
});
