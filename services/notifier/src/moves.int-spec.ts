import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffAssignments,
  handoffClock,
  handoffDecisions,
  handoffMoves,
  handoffReplied,
  handoffRouted,
  type EventTopic,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffEvent,
  type HandoffRouted,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, startTestService, type TestService } from '@handoff/testing';
import { DESK_ENV, DeskDoor } from './desk-door.for-spec.js';

let notifier: TestService;
let desk: DeskDoor;

beforeAll(async () => {
  notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env: DESK_ENV });
  desk = await DeskDoor.open(notifier, {
    ana: { teams: ['support'] },
    ben: { teams: ['support'], authority: [{ unit: 'EUR', up_to: 100 }] },
    chloe: { teams: ['managers'], roles: ['lead'] },
    vera: { teams: ['support'], roles: ['viewer'] },
  });
}, 60_000);
afterAll(() => notifier?.stop());

async function onDesk(packet: Readonly<Record<string, unknown>> = {}, routing: Partial<HandoffRouted> = {}): Promise<HandoffAccepted> {
  const handoff = anAcceptedHandoff({ packet });
  await notifier.deliver(handoffAccepted, [handoff]);
  await notifier.deliver(handoffRouted, [aRouting(handoff, routing)]);
  return handoff;
}
async function told<Event extends HandoffEvent>(topic: EventTopic<Event>, { handoff_id: id }: HandoffAccepted): Promise<readonly Event[]> {
  return (await notifier.published(topic)).filter(({ handoff_id }) => handoff_id === id);
}
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

describe('a move', () => {
  it('is told with its facts and the whole view, stands in the thread, and nobody makes it without the right', async () => {
    const handoff = await onDesk();
    const to = { kind: 'team', id: 'managers' };
    expect((await desk.move('vera', handoff.handoff_id, { move: 'reassign', to })).status).toBe(403);
    expect((await desk.move('ana', handoff.handoff_id, { move: 'reassign', to, note: 'Not ours.' })).status).toBe(201);
    expect((await desk.move('chloe', handoff.handoff_id, { move: 'set_urgency', urgency: 'high' })).status).toBe(403);
    const moved = { event: 'reassign', moved_by: 'ana', to, note: 'Not ours.', level: 1, cycle: 1 };
    expect(await told(handoffMoves, handoff)).toMatchObject([{ ...moved, desk: { acknowledged_by: null, urgency: 'medium', votes: 0 } }]);
    const shown = await desk.look('ana', `handoffs/${handoff.handoff_id}`);
    expect(shown).toMatchObject({ thread: [moved], may: expect.arrayContaining(['decide', 'escalate']) });
    expect(shown['may']).not.toContain('set_urgency');
  });

  it('that gives it to others leaves no copy to be sent to those who had it', async () => {
    const handoff = await onDesk({}, { ladder: [{ channel: 'webhook', after_seconds: 3600 }] });
    const given = { sequence: 2, cycle: 2, asked: ['chloe'], given_to: ['chloe'] } as unknown as Partial<HandoffRouted>; // ids are plain texts here
    await notifier.deliver(handoffRouted, [aRouting(handoff, { ...given, ladder: [{ channel: 'webhook', after_seconds: 3600 }] })]);
    const copies = await notifier.query(
      'SELECT recipient, cycle, state FROM notifications WHERE handoff_id = $1 ORDER BY cycle, recipient',
      [handoff.handoff_id],
    );
    expect(copies).toEqual([
      { recipient: 'ana', cycle: 1, state: 'withdrawn' },
      { recipient: 'ben', cycle: 1, state: 'withdrawn' },
      { recipient: 'chloe', cycle: 2, state: 'due' },
    ]);
    expect((await desk.decide('chloe', handoff.handoff_id, { type: 'approve' })).status).toBe(201);
  });

  it('puts it off for everybody until then, and no longer than its level has', async () => {
    const handoff = await onDesk({}, { ladder: [{ channel: 'webhook', after_seconds: 60 }] });
    expect((await desk.move('ana', handoff.handoff_id, { move: 'defer', until: inMinutes(60 * 9) })).status).toBe(422);
    expect((await desk.move('ana', handoff.handoff_id, { move: 'defer', until: inMinutes(30) })).status).toBe(201);
    const idsOf = async (query: string): Promise<readonly unknown[]> =>
      ((await desk.look('ben', `handoffs?task_id=${handoff.task_id}${query}`))['items'] as { handoff_id: string }[]).map(
        (it) => it.handoff_id,
      );
    expect(await idsOf('')).toEqual([]);
    expect(await idsOf('&deferred=shown')).toEqual([handoff.handoff_id]);
    const [copy] = await notifier.query<{ wait: number }>(
      'SELECT extract(epoch FROM due_at - handoff_now())::int AS wait FROM notifications WHERE handoff_id = $1',
      [handoff.handoff_id],
    );
    expect(copy?.wait).toBeGreaterThan(1700);
  });
});

describe('a question', () => {
  it('goes to the agent, one at a time, while the desk shows that the level waits', async () => {
    const handoff = await onDesk();
    const asked = await desk.move('ana', handoff.handoff_id, { move: 'request_info', note: 'Which photo?' });
    expect(asked.status).toBe(201);
    expect(await desk.move('ben', handoff.handoff_id, { move: 'request_info', note: 'And?' })).toMatchObject({
      status: 409,
      body: { code: 'question_open' },
    });
    const [move] = await told(handoffMoves, handoff);
    expect(await told(handoffAssignments, handoff)).toMatchObject([
      {
        event: 'question',
        agent_id: handoff.agent_id,
        text: 'Which photo?',
        asked_by: 'ana',
        question_id: move?.question?.question_id,
        sequence: (move?.sequence ?? 0) + 1,
      },
    ]);
    const clock = { ...handoff, sequence: 1, clock: 'info_by', level: 1, cycle: 1, fired_at: inMinutes(0), share: null, result: null };
    const say = (event: string, sequence: number, due_at: string) =>
      notifier.deliver(handoffClock, [{ ...clock, event, sequence, due_at } as unknown as HandoffClock]);
    await say('paused', 1, inMinutes(10));
    expect(await desk.look('ben', `handoffs/${handoff.handoff_id}`)).toMatchObject({
      paused_until: expect.any(String),
      open_question: { asked_by: 'ana' },
    });
    const later = inMinutes(600);
    await say('resumed', 2, later);
    expect(await desk.look('ben', `handoffs/${handoff.handoff_id}`)).toMatchObject({ paused_until: null, decide_by: later });
  });

  it('is answered in the thread, once, and whoever asked is told', async () => {
    const handoff = await onDesk();
    const { handoff_id: id } = handoff;
    await desk.move('ana', id, { move: 'request_info', note: 'Which photo?' });
    const [asked] = await told(handoffMoves, handoff);
    const reply = {
      tenant: handoff.tenant,
      handoff_id: id,
      agent_id: handoff.agent_id,
      task_id: handoff.task_id,
      packet_version: 1,
      event: 'answer',
    } as const;
    const answer = { ...reply, text: 'The second.', replied_at: inMinutes(0), question_id: asked?.question?.question_id ?? null };
    for (const sequence of [2, 3]) await notifier.deliver(handoffReplied, [{ ...answer, sequence }]);
    const given = {
      event: 'info_given',
      moved_by: handoff.agent_id,
      note: 'The second.',
      question: { asked_by: 'ana' },
      desk: { open_question: null },
    };
    expect((await told(handoffMoves, handoff)).slice(1)).toMatchObject([given]);
    expect(await desk.look('ben', `handoffs/${id}`)).toMatchObject({ open_question: null, thread: [{ event: 'request_info' }, given] });
    const news = await notifier.query('SELECT recipient, channel FROM notifications WHERE handoff_id = $1 AND cycle < 0', [id]);
    expect(news).toEqual([{ recipient: 'ana', channel: 'webhook' }]);
  });
});

describe('the right to an answer', () => {
  it('ends where the amount is above a person’s authority, and an edit within it is that person’s to make', async () => {
    const handoff = await onDesk({ authority: { requested: 129.5, unit: 'EUR' } });
    expect(await desk.look('ben', `handoffs/${handoff.handoff_id}`)).toMatchObject({
      may_decide: true,
      above_authority: expect.stringContaining('100 EUR'),
    });
    expect(await desk.decide('ben', handoff.handoff_id, { type: 'approve' })).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    const args = { order_id: '4711', amount: 100 };
    expect((await desk.decide('ben', handoff.handoff_id, { type: 'edit', args })).status).toBe(201);
  });

  it('is not that of whoever asked for it, at any of its doors', async () => {
    const handoff = await onDesk({ requested_by: 'ana' });
    expect((await desk.decide('ana', handoff.handoff_id, { type: 'approve' })).status).toBe(403);
    for (const move of ['acknowledge', 'escalate', 'reassign', 'request_info'])
      expect((await desk.move('ana', handoff.handoff_id, { move, note: 'Mine.' })).status).toBe(403);
  });
});

describe('where two must agree', () => {
  it('the first is a vote, told as a move; the second decides, and both have', async () => {
    const handoff = await onDesk({}, { answers_needed: 2 });
    const { handoff_id: id } = handoff;
    expect(await desk.decide('ana', id, { type: 'approve', message: 'Fine.' })).toMatchObject({
      status: 202,
      body: { agreeing: 1, needed: 2 },
    });
    expect((await desk.decide('ana', id, { type: 'approve', message: 'Fine.' })).status).toBe(202);
    expect(await desk.look('ben', `handoffs/${id}`)).toMatchObject({
      state: 'open',
      answers_needed: 2,
      votes: [{ subject: 'ana', type: 'approve' }],
    });
    const decided = await desk.decide('ben', id, { type: 'approve' });
    expect(decided).toMatchObject({ status: 201, body: { decided_by: [{ subject: 'ana' }, { subject: 'ben' }], message: 'Fine.' } });
    expect(await told(handoffMoves, handoff)).toMatchObject([
      { event: 'vote', vote: { type: 'approve', agreeing: 1, needed: 2 }, desk: { votes: 1 } },
    ]);
    expect((await desk.decide('ana', id, { type: 'approve', message: 'Fine.' })).body).toEqual(decided.body);
  });

  it('both at the same moment decide once', async () => {
    const handoff = await onDesk({}, { answers_needed: 2 });
    const answers = await Promise.all(['ana', 'ben'].map((who) => desk.decide(who, handoff.handoff_id, { type: 'approve' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 202]);
    expect(await told(handoffDecisions, handoff)).toHaveLength(1);
  });

  it('a rejection ends it at once, and a new packet version voids the votes', async () => {
    const handoff = await onDesk({}, { answers_needed: 2 });
    await desk.decide('ana', handoff.handoff_id, { type: 'approve' });
    await notifier.deliver(handoffAccepted, [{ ...handoff, event: 'updated', sequence: 2, packet_version: 2 }]);
    expect(await desk.decide('ben', handoff.handoff_id, { type: 'approve', packet_version: 2 })).toMatchObject({
      status: 202,
      body: { agreeing: 1 },
    });
    expect(await desk.decide('ana', handoff.handoff_id, { type: 'reject', packet_version: 2 })).toMatchObject({
      status: 201,
      body: { decided_by: [{ subject: 'ana' }] },
    });
  });
});

describe('a task that was taken over', () => {
  it('is on that person’s list until it is done', async () => {
    const handoff = await onDesk();
    const { handoff_id: id } = handoff;
    await desk.decide('ana', id, { type: 'take_over' });
    const held = async (): Promise<readonly unknown[]> =>
      ((await desk.look('ana', `handoffs?state=held&scope=mine&task_id=${handoff.task_id}`))['items'] as { handoff_id: string }[]).map(
        (it) => it.handoff_id,
      );
    expect(await held()).toEqual([id]);
    expect((await desk.move('ben', id, { move: 'done', note: 'I did.' })).status).toBe(403);
    expect((await desk.move('ana', id, { move: 'done', note: 'Refunded by hand.' })).status).toBe(201);
    expect(await held()).toEqual([]);
    expect(await told(handoffMoves, handoff)).toMatchObject([
      { event: 'done', note: 'Refunded by hand.', decision_id: expect.any(String), desk: { holder: null } },
    ]);
  });

  it('goes back to the agent with the work done', async () => {
    const handoff = await onDesk();
    await desk.decide('ana', handoff.handoff_id, { type: 'take_over' });
    await desk.move('ana', handoff.handoff_id, { move: 'hand_back', note: 'Called him; send the voucher.' });
    expect(await told(handoffAssignments, handoff)).toMatchObject([
      { event: 'handed_back', text: 'Called him; send the voucher.', decision_id: expect.any(String) },
    ]);
  });
});

describe('a recall', () => {
  it('asks the agent to stop what was decided, and the desk shows that it was asked', async () => {
    const handoff = await onDesk();
    await desk.decide('ana', handoff.handoff_id, { type: 'approve' });
    expect((await desk.move('ana', handoff.handoff_id, { move: 'recall', note: 'Wrong order.' })).status).toBe(201);
    expect((await desk.move('ana', handoff.handoff_id, { move: 'recall' })).status).toBe(409);
    expect(await told(handoffAssignments, handoff)).toMatchObject([{ event: 'recall', text: 'Wrong order.' }]);
    expect(await desk.look('ben', `handoffs/${handoff.handoff_id}`)).toMatchObject({ recall: { state: 'asked', by: 'ana' } });
    const { tenant, handoff_id, agent_id, task_id } = handoff;
    const reply = {
      tenant,
      handoff_id,
      agent_id,
      task_id,
      sequence: 2,
      packet_version: 1,
      event: 'already_done',
      question_id: null,
    } as const;
    await notifier.deliver(handoffReplied, [{ ...reply, text: 'It was sent an hour ago.', replied_at: inMinutes(0) }]);
    expect(await desk.look('ben', `handoffs/${handoff.handoff_id}`)).toMatchObject({
      recall: { state: 'already_done', text: 'It was sent an hour ago.' },
    });
  });
});

describe('the view of a handoff', () => {
  it('has what its agent changed, and what was decided before on its task and of its action', async () => {
    const [same, first] = [await onDesk(), await onDesk({ task_id: 'task-of-two' })];
    for (const { handoff_id } of [same, first]) await desk.decide('ana', handoff_id, { type: 'reject', message: 'No.' });
    const second = await onDesk({ task_id: 'task-of-two', urgency: 'low' });
    const packet = { ...second.packet, original_request: 'Refund 4712.' };
    await notifier.deliver(handoffAccepted, [{ ...second, event: 'updated', sequence: 2, packet_version: 2, packet }]);
    const shown = await desk.look('ben', `handoffs/${second.handoff_id}`);
    expect(shown['versions']).toMatchObject([{ packet_version: 2, changes: [{ path: 'original_request', after: 'Refund 4712.' }] }]);
    expect(shown['earlier']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ handoff_id: first.handoff_id, same: 'task', type: 'reject', decided_by: ['ana'], message: 'No.' }),
        expect.objectContaining({ same: 'action' }),
      ]),
    );
  });

  it('is listed by whose it is, and counted by team', async () => {
    const mine = await onDesk({ task_id: 'of-managers' }, {
      team: 'managers',
      asked: ['chloe'],
      may_decide: ['managers'],
    } as unknown as Partial<HandoffRouted>);
    const listed = async (as: string, query: string): Promise<readonly string[]> =>
      ((await desk.look(as, `handoffs?task_id=of-managers&${query}`))['items'] as { handoff_id: string }[]).map((it) => it.handoff_id);
    for (const query of ['scope=mine', 'scope=team', 'team=managers']) expect(await listed('chloe', query)).toEqual([mine.handoff_id]);
    for (const query of ['scope=mine', 'scope=team', 'team=support', 'urgency=high']) expect(await listed('ana', query)).toEqual([]);
    expect((await desk.look('chloe', 'handoffs'))['counts']).toMatchObject({ mine: 1, my_teams: 1, held: 0, teams: { managers: 1 } });
  });
});

describe('one answer to many', () => {
  it('is recorded for each that asks for the same action, whatever became of the others', async () => {
    const [one, two, gone] = [await onDesk(), await onDesk(), await onDesk()];
    await desk.decide('ben', gone.handoff_id, { type: 'reject' });
    const handoffs = [one, two, gone].map(({ handoff_id }) => ({ handoff_id, packet_version: 1 }));
    const { status, body } = await desk.post('ana', 'decisions', { handoffs, type: 'approve' });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { results: [{ status: 201 }, { status: 201 }, { status: 409, code: 'already_decided' }] },
    });
  });

  it('is refused whole where one of them asks for something else', async () => {
    const [one, other] = [
      await onDesk(),
      await onDesk({ recommended_action: '{"name":"refund_order","arguments":{"order_id":"1","amount":1}}' }),
    ];
    const handoffs = [one, other].map(({ handoff_id }) => ({ handoff_id, packet_version: 1 }));
    expect((await desk.post('ana', 'decisions', { handoffs, type: 'approve' })).status).toBe(422);
    expect(await desk.look('ana', `handoffs/${one.handoff_id}`)).toMatchObject({ state: 'open' });
  });
});
