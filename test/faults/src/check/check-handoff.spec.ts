import { describe, expect, it } from '@jest/globals';
import { checkHandoff } from './check-handoff.js';
import type { EventRecord } from './history.js';
import { readsAsHeard } from './one-owner.js';
import { ID, record, seen } from './seen.for-spec.js';
import type { Seen } from './violation.js';

const found = (it: Seen): readonly string[] => checkHandoff(it).map(({ kind, invariant }) => `${kind}: ${invariant}`);
const without = (topic: string) => (records: EventRecord[]) => records.filter((it) => it.topic !== topic);
const plus =
  (...more: EventRecord[]) =>
  (records: EventRecord[]) => [...records, ...more];
const asked = (sequence: number, level: number, cycle: number) =>
  record('handoff.routed', 'asked', sequence, { level, cycle, levelsOf: 3, skipped: 0 });
/** Its agent reads a second revision of feedback. */
const READ_TWICE = { intake: { status: 'decided', decisionId: 'd', feedback: 2, pending: 0, offers: {} } };
const routing = (sequence: number) => ({ routing: { state: 'ended', sequence } });

describe('a handoff that is as it should be', () => {
  it('breaks nothing, and a record that came twice is absorbed', () => {
    expect(found(seen())).toEqual([]);
    const twice = seen({ records: (records) => [...records, ...records] });
    expect(found(twice)).toEqual([]);
    expect(twice.history.repeated()).toBe(6);
  });

  it('may go through its levels and ask the last one again', () => {
    const breach = record('handoff.clock', 'breached', 2, { level: 1, cycle: 1 });
    const late = plus(asked(2, 2, 1), asked(3, 3, 1), asked(4, 3, 2), asked(5, 3, 2), breach);
    const slaMonitor = { state: 'ended', sequence: 2, clocks: 0 };
    expect(found(seen({ records: late, standing: { ...routing(5), slaMonitor } }))).toEqual([]);
  });
});

describe('what an agent that listens is told', () => {
  const decided = record('handoff.decisions', 'approve', 2, {
    ...{ decisionId: 'd', decidedAt: '2026-11-22T12:00:10.000Z', decidedBy: ['ana'], agentId: 'a' },
  });
  const records = (told: EventRecord[]) => [...told.filter(({ topic }) => topic !== 'handoff.decisions'), decided];
  const hears = (...ids: readonly string[]) =>
    new Map([['a', ids.map((id) => ({ agentId: 'a', id, kind: 'decision', handoffId: ID, word: 'd', data: {} }))]]);

  it('is each word to it, once', () => {
    expect(found(seen({ records, heard: hears('1') }))).toEqual([]);
    expect(found(seen({ records, heard: hears() }))).toEqual(['lost: told what there is to do']);
    expect(found(seen({ records, heard: hears('1', '2') }))).toEqual(['doubled: told what there is to do']);
  });

  it('is the newest feedback, if not every one before it', () => {
    const feedback = (sequence: number) =>
      record('handoff.feedback', 'feedback', sequence, { decisionId: 'd', agentId: 'a', verdict: 'followed' });
    const corrected = (told: EventRecord[]) => [...told.filter(({ topic }) => topic !== 'handoff.feedback'), feedback(2), feedback(1)];
    const hearsOf = (revision: number) =>
      new Map([['a', [{ agentId: 'a', id: '1', kind: 'feedback', handoffId: ID, word: '', data: { revision } }]]]);
    const promise = (revision: number) =>
      found(seen({ records: corrected, heard: hearsOf(revision) })).filter((it) => it.endsWith('to do'));
    expect(promise(2)).toEqual([]);
    expect(promise(1)).toEqual(['lost: told what there is to do']);
  });
});

describe('word of how a task ended', () => {
  const corrected = record('handoff.feedback', 'feedback', 2, { verdict: 'followed', correct: 'true' });
  const told = (result: 'succeeded' | 'failed') => [{ taskId: 't', handoffId: ID, result, door: 'kafka' as const, repeats: 0 }];

  it('is one revision of what its agent hears, and says what was told', () => {
    expect(found(seen({ records: plus(corrected), standing: READ_TWICE, reports: told('succeeded') }))).toEqual([]);
    expect(found(seen({ records: plus(corrected), standing: READ_TWICE, reports: told('failed') }))).toEqual(['wrong: what came of it']);
    expect(found(seen({ records: plus(corrected), standing: READ_TWICE }))).toEqual(['doubled: feedback once']);
    expect(found(seen({ records: plus(corrected), reports: told('succeeded') }))).toEqual(['lost: one view']);
    const twice = plus(corrected, { ...corrected, eventId: 'once more' });
    expect(found(seen({ records: twice, standing: READ_TWICE, reports: [...told('succeeded'), ...told('succeeded')] }))).toEqual([
      'doubled: feedback once',
    ]);
  });
});

describe('pages of the fallback', () => {
  const silence = (sequence: number) => record('handoff.clock', 'unrouted', sequence, { level: 0, cycle: 0 });
  const page = (sequence: number) =>
    record('handoff.notified', 'delivered', sequence, { channel: 'webhook', recipient: '', level: 0, cycle: 0 });
  const standing = {
    slaMonitor: { state: 'ended', sequence: 3, clocks: 0 },
    notifier: { state: 'ended', sequence: 4, decisionId: 'd', unsent: 0 },
  };
  const pages = plus(page(3), page(4));

  it('are one for each time that routing is silent', () => {
    const twice = (records: EventRecord[]) => [...pages(records), silence(2), silence(3)];
    expect(found(seen({ records: twice, standing }))).toEqual([]);
    const once = (records: EventRecord[]) => [...pages(records), silence(2)];
    expect(found(seen({ records: once, standing: { ...standing, slaMonitor: { state: 'ended', sequence: 2, clocks: 0 } } }))).toEqual([
      'doubled: told once',
    ]);
  });
});

describe('a policy that is applied meanwhile', () => {
  const under = (policyVersion: number) => (records: EventRecord[]) => [
    ...records.filter((it) => it.topic !== 'handoff.routed'),
    record('handoff.routed', 'asked', 1, { level: 1, cycle: 1, levelsOf: 3, skipped: 0, page: true, policyVersion: 4 }),
    record('handoff.routed', 'asked', 2, { level: 2, cycle: 1, levelsOf: 3, skipped: 0, policyVersion }),
    record('handoff.clock', 'breached', 2, { level: 1, cycle: 1 }),
  ];
  const standing = { ...routing(2), slaMonitor: { state: 'ended', sequence: 2, clocks: 0 } };

  it('changes nothing about a handoff that began before', () => {
    expect(found(seen({ records: under(4), standing }))).toEqual([]);
    expect(found(seen({ records: under(5), standing }))).toEqual(['wrong: keeps its policy']);
  });
});

describe('what people move', () => {
  const move = (event: string, sequence: number) => record('handoff.moves', event, sequence);
  const decision = record('handoff.decisions', 'approve', 9, {
    decisionId: 'd',
    decidedAt: '2026-11-22T12:00:10.000Z',
    decidedBy: ['ana'],
  });
  const among =
    (...more: EventRecord[]) =>
    (records: EventRecord[]) => [...records.filter((it) => it.topic !== 'handoff.decisions'), ...more, decision];
  const notifier = (sequence: number) => ({ notifier: { state: 'ended', sequence, decisionId: 'd', unsent: 0 } });

  it('may ask a level anew, or the next one without a breach', () => {
    const moved = among(move('reassign', 2), asked(2, 1, 2), move('escalate', 3), asked(3, 2, 1));
    const it = seen({ records: moved, standing: { ...routing(3), ...notifier(9) } });
    expect(found(it)).toEqual(['lost: every change has its event']); // notifier's 4 to 8, which this history leaves out
  });

  it('and reaches no agent, or comes back twice, is found', () => {
    const answer = record('handoff.replied', 'answer', 2);
    const lost = seen({ records: among(move('request_info', 2), answer, move('info_given', 3), move('info_given', 4)) });
    expect(found(lost)).toEqual(expect.arrayContaining(['lost: asked and answered', 'doubled: asked and answered']));
  });

  it.each(['rate', 'done'])('as word by %s after the decision is one feedback more', (said) => {
    const again = record('handoff.feedback', 'feedback', 2, { decisionId: 'd' });
    expect(found(seen({ records: plus(again) }))).toContain('doubled: feedback once');
    const corrected = seen({
      records: plus(move(said, 3), again),
      standing: { ...notifier(3), ...READ_TWICE, feedback: { decisionId: 'd', labels: 2 } },
    });
    expect(found(corrected)).toEqual([]);
  });
});

describe('a task that is given to agents', () => {
  const word = (event: string, sequence: number, agentId: string, offerId: string) => ({
    ...record('handoff.assignments', event, sequence, { agentId, offerId }),
    eventId: `${event} ${offerId}`,
  });
  const given = (...words: EventRecord[]) => [
    record('handoff.accepted', 'accepted', 1, { taskId: 't', kind: 'delegation' }),
    record('handoff.routed', 'offered', 1, { cycle: 1 }),
    record('handoff.routed', 'offered', 2, { cycle: 2 }),
    record('handoff.routed', 'held', 3, { cycle: 2 }),
    record('handoff.routed', 'asked', 4, { level: 1, cycle: 3, page: true }),
    ...words,
  ];
  const as =
    (...words: EventRecord[]) =>
    (records: EventRecord[]) => [
      ...given(...words),
      ...records.filter(({ topic }) => topic !== 'handoff.accepted' && topic !== 'handoff.routed'),
    ];
  const standing = (offers: Readonly<Record<string, string>>) => ({
    ...routing(4),
    intake: { status: 'decided', decisionId: 'd', feedback: 1, pending: 0, offers },
  });

  it('may be the next one’s once the first has lost it', () => {
    const words = [word('offered', 1, 'a', 'x'), word('confirmed', 1, 'a', 'x'), word('lapsed', 1, 'a', 'x')];
    const next = [word('offered', 2, 'b', 'y'), word('confirmed', 3, 'b', 'y')];
    expect(found(seen({ records: as(...words, ...next), standing: standing({ x: 'lapsed', y: 'delivered' }) }))).toEqual([]);
  });

  it('never has two owners', () => {
    const words = [word('confirmed', 1, 'a', 'x'), word('confirmed', 3, 'b', 'y'), word('lapsed', 3, 'a', 'x')];
    expect(found(seen({ records: as(...words), standing: standing({ x: 'lapsed', y: 'delivered' }) }))).toEqual(['doubled: one owner']);
  });

  it('was taken by one where it was passed on, or came back from all', () => {
    const passedOn = (type: string, ...words: EventRecord[]) =>
      seen({
        records: (records) =>
          as(...words)(records).map((it) => {
            if (it.topic === 'handoff.accepted') return { ...it, facts: { ...it.facts, kind: 'transfer' } };
            return it.topic === 'handoff.decisions' ? { ...it, facts: { ...it.facts, type } } : it;
          }),
        standing: standing({ x: words.length > 0 ? 'confirmed' : 'lapsed' }),
      });
    const taken = word('confirmed', 3, 'a', 'x');
    expect(found(passedOn('taken', taken))).toEqual([]);
    expect(found(passedOn('returned'))).toEqual([]);
    expect(found(passedOn('taken'))).toEqual(['wrong: taken or returned']);
    expect(found(passedOn('returned', taken))).toContain('wrong: taken or returned');
  });

  it('is nobody’s to go on with after the end, and each agent reads what it was told', () => {
    const words = [word('confirmed', 1, 'a', 'x')];
    expect(found(seen({ records: as(...words), standing: standing({ x: 'confirmed' }) }))).toEqual(['wrong: one owner']);
    expect(found(seen({ records: as(...words), standing: standing({ x: 'lapsed' }) }))).toEqual(['wrong: one owner']);
    const approved = (records: EventRecord[]) =>
      as(...words)(records).map((it) => (it.topic === 'handoff.decisions' ? { ...it, facts: { ...it.facts, type: 'approve' } } : it));
    const behind = { ...seen({ records: approved, standing: standing({ x: 'confirmed' }) }), setBack: new Set(['intake'] as const) };
    expect(found(behind)).toEqual([]);
    expect(readsAsHeard(behind.history, { x: 'confirmed' })).toHaveLength(1); // at the door it is not excused
    expect(readsAsHeard(behind.history, { x: 'delivered' })).toEqual([]);
    expect(found(seen({ records: as(...words), standing: standing({}) }))).toEqual(['wrong: one owner']);
  });
});

describe('what must not be is found', () => {
  it.each([
    ['no ending', seen({ records: without('handoff.decisions') }), 'lost: ends once'],
    ['no acceptance', seen({ records: without('handoff.accepted') }), 'lost: accepted once'],
    ['no feedback', seen({ records: without('handoff.feedback') }), 'lost: feedback once'],
    ['two endings', seen({ records: plus(record('handoff.decisions', 'reject', 3, { decisionId: 'e' })) }), 'doubled: ends once'],
    ['two acceptances', seen({ records: plus(record('handoff.accepted', 'accepted', 2)) }), 'doubled: accepted once'],
    [
      'an answer that a person was promised is not the one',
      seen({ task: { promised: [{ at: 0, handoffId: ID, decisionId: 'x', by: 'ana' }] } }),
      'lost: keeps its word',
    ],
    ['a level left out', seen({ records: plus(asked(2, 3, 1)), standing: routing(2) }), 'lost: levels in turn'],
    ['a level asked twice', seen({ records: plus(asked(2, 2, 1), asked(3, 1, 1)), standing: routing(3) }), 'doubled: levels in turn'],
    [
      'a cycle left out',
      seen({ records: plus(asked(2, 2, 1), asked(3, 3, 1), asked(4, 3, 3)), standing: routing(4) }),
      'lost: levels in turn',
    ],
    ['a change without its event', seen({ standing: routing(2) }), 'lost: every change has its event'],
    ['an event without its change', seen({ standing: routing(0) }), 'wrong: every change has its event'],
    [
      'the agent hears another answer',
      seen({ standing: { intake: { status: 'decided', decisionId: 'x', feedback: 1, pending: 0, offers: {} } } }),
      'wrong: one view',
    ],
    [
      'the desk has no answer',
      seen({ standing: { notifier: { state: 'ended', sequence: 2, decisionId: null, unsent: 0 } } }),
      'lost: one view',
    ],
    ['a schema does not know it', seen({ standing: { routing: null } }), 'lost: one view'],
    [
      'a clock that runs on',
      seen({ standing: { slaMonitor: { state: 'ended', sequence: 1, clocks: 1 } } }),
      'wrong: no clock after the end',
    ],
    ['nobody was told', seen({ task: { pages: [] } }), 'lost: somebody is told'],
    ['a page that never came', seen({ task: { pages: [] } }), 'lost: told means told'],
  ])('%s', (_, it, finding) => {
    expect(found(it)).toContain(finding);
  });

  it('somebody who is told late, of what is asked of people', () => {
    const kind = (it: string) => (records: EventRecord[]) => [
      record('handoff.accepted', 'accepted', 1, { taskId: 't', kind: it, acceptedAt: '2026-11-22T11:59:55.000Z' }),
      ...records.slice(1),
    ];
    const late = (it: string) => found(seen({ records: kind(it) })).filter((what) => what.endsWith('told soon'));
    expect(late('escalation')).toEqual(['wrong: told soon']);
    expect(late('delegation')).toEqual([]); // people hear of it once it is delivered
  });

  it('somebody asked five seconds after the end', () => {
    const page = { handoffId: ID, taskId: 't', recipient: 'ana', level: 1, packetVersion: 1 };
    const asked = (at: string) => seen({ task: { pages: [{ ...page, at: Date.parse(at) }] } });
    expect(found(asked('2026-11-22T12:00:14.900Z'))).toEqual([]);
    expect(found(asked('2026-11-22T12:00:15.100Z'))).toEqual(['wrong: nobody is asked too late']);
  });

  it('is shown with the whole history, one line for each record', () => {
    expect(seen().history.lines()[3]).toBe(
      '12:00:10.000 decisions approve #2 v1 decisionId=d decidedAt=2026-11-22T12:00:10.000Z decidedBy=ana [0@2 handoff.]',
    );
  });
});

describe('a task that is needed by an instant', () => {
  const DUE = '2026-11-22T12:00:05.000Z';
  const clock = (event: string, sequence: number) => record('handoff.clock', event, sequence, { clock: 'due_by' });
  const result = (sequence: number, isMet: boolean) => record('handoff.clock', 'result', sequence, { clock: 'due_by', isMet });
  const warning = (sequence: number) => record('handoff.moves', 'warning', sequence, { term: 'due_by', share: 1, agentId: 'a' });
  const heard = (sequence: number) => record('handoff.assignments', 'warning', sequence, { agentId: 'a' });
  const due = (deliveredAt: string, ...more: EventRecord[]) =>
    found(
      seen({
        records: (records) => [
          ...records.filter(({ topic }) => topic !== 'handoff.accepted'),
          record('handoff.accepted', 'accepted', 1, {
            taskId: 't',
            kind: 'delegation',
            acceptedAt: '2026-11-22T12:00:00.000Z',
            dueBy: DUE,
            deliveredAt: '',
          }),
          record('handoff.accepted', 'delivered', 2, { dueBy: DUE, deliveredAt }),
          ...more,
        ],
      }),
    ).filter((it) => it.endsWith('due in time'));

  it('is late once, is told of to its agent, and has one result', () => {
    expect(due('2026-11-22T12:00:04.000Z', result(2, true))).toEqual([]);
    expect(due('2026-11-22T12:00:06.000Z', clock('breached', 2), warning(3), heard(4), result(3, false))).toEqual([]);
    expect(due('2026-11-22T12:00:06.000Z', result(3, false))).toEqual([]); // no clock was looked at in between
  });

  it('of which nobody says so, or somebody twice, is found', () => {
    expect(due('2026-11-22T12:00:06.000Z')).toEqual(['lost: due in time']);
    expect(due('2026-11-22T12:00:06.000Z', result(2, true))).toEqual(['wrong: due in time']);
    const twice = [clock('breached', 2), clock('breached', 3), warning(3), warning(5), heard(4), result(4, false)];
    expect(due('2026-11-22T12:00:06.000Z', ...twice)).toEqual(['doubled: due in time', 'doubled: due in time', 'wrong: due in time']);
  });

  it('is news to who looks after it, as often as there is some', () => {
    const news = (sequence: number) =>
      record('handoff.notified', 'delivered', sequence, { channel: 'mail', recipient: 'ana', level: 1, cycle: 0, reason: '' });
    const among = (...more: EventRecord[]) => found(seen({ records: (records) => [...records, ...more] }));
    expect(among(warning(3), news(4), warning(5), news(6))).not.toContain('doubled: told once');
    expect(among(warning(3), news(4), news(5))).toContain('doubled: told once');
  });
});
