import { describe, expect, it } from '@jest/globals';
import type {
  AgentId,
  HandoffClock,
  HandoffReplied,
  HandoffRouted,
  JudgedDecision,
  OfferId,
  PersonId,
  RoutedAgent,
} from '@handoff/contracts';
import { anItem } from './items.for-spec.js';
import { withClock, type DeskItem } from './desk-item.js';
import { hearReply } from './hear-reply.js';
import { withMove } from './relearn-item.js';
import { warn, type Warnings } from './warn.js';

const OFFER = '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e0f' as OfferId;
const agent: RoutedAgent = { agent_id: 'finder' as AgentId, offer_id: OFFER, round: 1, of: 3, lease_seconds: 600 };
const at = (minute: number): string => `2026-03-17T12:${String(minute).padStart(2, '0')}:00.000Z`;

const atWork = (over: Partial<HandoffRouted> = {}): DeskItem =>
  anItem({}, { event: 'held', asked: [], given_to: ['ana' as PersonId], agent, ...over });
const clock = (event: HandoffClock['event'], share: number | null, minute: number) =>
  ({ event, clock: 'due_by', share, due_at: at(59), fired_at: at(minute) }) as HandoffClock; // what the desk looks at
const says = (item: DeskItem, over: Partial<HandoffReplied>, minute = 1): DeskItem =>
  hearReply(item, {
    event: 'progress',
    agent_id: agent.agent_id,
    offer_id: OFFER,
    text: '',
    replied_at: at(minute),
    ...over,
  } as HandoffReplied)?.item ?? item;
const spent = (total: number) => ({ spent: { value: total, total, limit: 100, unit: 'EUR' } });
const decided = (text: string, outside: JudgedDecision['outside'], minute: number): JudgedDecision => ({
  ...{ text, outside, agent_id: agent.agent_id, told_at: at(minute) },
});
const told = ({ moves }: Warnings) => moves.map(({ warning }) => `${warning?.term} ${warning?.share}`);
const called = ({ news }: Warnings) => [...new Set(news.map(({ recipient }) => recipient))];

describe('the time until it is due', () => {
  it('is told to whoever works on it, and from four fifths on to those who look after it', () => {
    const half = warn(withClock(atWork(), clock('warning', 0.5, 30)));
    expect([told(half), called(half)]).toEqual([['due_by 0.5'], []]);
    expect(half.assignments).toMatchObject([
      { event: 'warning', agent_id: 'finder', offer_id: OFFER, warning: { term: 'due_by', share: 0.5 } },
    ]);
    const late = warn(withClock(half.item, clock('breached', null, 59)));
    expect([told(late), called(late)]).toEqual([['due_by 1'], ['ana']]);
    expect(late.moves[0]?.note).toBe(`It was due by ${at(59)}, and is not delivered yet.`);
  });

  it('is told once, however often and in whatever order it is heard', () => {
    const late = warn(withClock(atWork(), clock('breached', null, 59))).item;
    expect(told(warn(withClock(late, clock('warning', 0.8, 48))))).toEqual([]);
    expect(told(warn(withClock(late, clock('breached', null, 59))))).toEqual([]);
  });

  it('is nothing for an agent that has only been offered the task', () => {
    const late = warn(withClock(atWork({ event: 'offered' }), clock('breached', null, 59)));
    expect([told(late), called(late), late.assignments]).toEqual([['due_by 1'], ['ana'], []]);
  });

  it('waits for the handoff to be on the desk', () => {
    const early = withClock({ ...atWork(), state: 'arriving', routed: null }, clock('breached', null, 59));
    expect(told(warn(early))).toEqual([]);
    expect(told(warn({ ...early, state: 'with_agent', routed: atWork().routed }))).toEqual(['due_by 1']);
  });
});

describe('a budget', () => {
  it('is told of at four fifths and when it is used up, once each', () => {
    const some = warn(says(atWork(), spent(79)));
    expect(told(some)).toEqual([]);
    const most = warn(says(some.item, spent(80), 2));
    expect([told(most), called(most)]).toEqual([['budget 0.8'], ['ana']]);
    expect(told(warn(says(most.item, spent(90), 3)))).toEqual([]);
    const over = warn(says(most.item, spent(101), 4));
    expect([told(over), over.moves[0]?.note]).toEqual([['budget 1'], '101 of 100 EUR are spent, which is over the budget.']);
    expect(told(warn(says(over.item, spent(500), 5)))).toEqual([]);
  });

  it('is told of by the last share where two are passed at once', () => {
    expect(told(warn(says(atWork(), spent(100))))).toEqual(['budget 1']);
  });
});

describe('decisions outside its rights', () => {
  it('are told with their reasons, each once; others are not', () => {
    const first = warn(says(atWork(), { decisions: [decided('Acme', null, 1), decided('Hired Bob', 'not_in_rights', 1)] }));
    expect(first.moves).toMatchObject([
      { note: 'Decided by itself, outside its rights: Hired Bob (nothing that it may decide names it).', moved_at: at(1) },
    ]);
    expect(called(first)).toEqual(['ana']);
    const next = warn(says(first.item, { decisions: [decided('Hired Bob', 'not_in_rights', 1), decided('Signed', 'must_ask', 2)] }, 2));
    expect(next.moves).toMatchObject([{ note: 'Decided by itself, outside its rights: Signed (it had to ask).' }]);
  });
});

it('tells nothing again that its own moves show to have been told, as after a restore', () => {
  const heard = says(withClock(atWork(), clock('breached', null, 59)), { ...spent(120), decisions: [decided('Signed', 'must_ask', 1)] });
  const { moves } = warn(heard);
  expect(moves).toHaveLength(3);
  const relearned = moves.reduce<DeskItem>((item, move) => withMove(item, move) ?? item, atWork());
  expect(
    told(warn({ ...heard, sequence: relearned.sequence, terms: heard.terms && { ...heard.terms, warned: relearned.terms?.warned ?? [] } })),
  ).toEqual([]);
});
