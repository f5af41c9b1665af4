import { describe, expect, it } from '@jest/globals';
import type { HandoffDecision, HandoffId, PersonId, QuestionId } from '@handoff/contracts';
import type { DeskItem } from './desk-item.js';
import { ana, anItem, aPerson, ben, decidedBy } from './items.for-spec.js';
import { judgeMove, type JudgedMove, type Situation } from './judge-move.js';
import type { MoveRequest } from './move-request.js';
import type { Person } from './rights.js';

const QUESTION = '11111111-1111-4111-8111-111111111111' as QuestionId;

interface Given {
  readonly item?: DeskItem;
  readonly decision?: HandoffDecision;
  readonly target?: Situation['target'];
}

function judged(person: Person, request: MoveRequest, { item = anItem(), decision, target = null }: Given = {}): JudgedMove {
  const at = decision ? ({ ...item, state: 'ended' } as const) : item;
  const now = new Date().toISOString();
  return judgeMove({ item: at, decision: decision ?? null, target, criteria: [], now, questionId: QUESTION }, person, request);
}
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

describe('a move', () => {
  it('is told with its facts, and changes what it is about alone', () => {
    expect(judged(ana, { move: 'acknowledge' })).toMatchObject({ kind: 'moves', item: { acknowledgedBy: 'ana', deferredUntil: null } });
    expect(judged(ana, { move: 'request_info', note: ' Which order? ' })).toMatchObject({
      item: { question: { questionId: QUESTION, askedBy: 'ana', level: 1 } },
      facts: { note: 'Which order?', question: { question_id: QUESTION, asked_by: 'ana' } },
    });
    const lead = aPerson('ana', { roles: ['lead'] });
    expect(judged(lead, { move: 'set_urgency', urgency: 'high' })).toMatchObject({
      item: { urgencySet: 'high' },
      accepted: { urgency: 'high' },
    });
  });

  it.each<MoveRequest>([{ move: 'reassign' }, { move: 'defer' }, { move: 'request_info' }, { move: 'comment', note: '  ' }])(
    'says what it lacks: %j',
    (request) => {
      expect(judged(ana, request)).toMatchObject({ kind: 'faults', faults: [{ code: 'missing' }] });
    },
  );

  it('is to be made again in a moment where the handoff has not arrived whole', () => {
    const item: DeskItem = { ...anItem(), accepted: null, state: 'arriving' };
    expect(judged(ana, { move: 'acknowledge' }, { item })).toMatchObject({ kind: 'no-use', code: 'not_routed' });
  });

  it('is too late once the handoff has ended, and a comment never is', () => {
    const decision = decidedBy(['ben']);
    expect(judged(ana, { move: 'escalate' }, { decision }).kind).toBe('has-ended');
    expect(judged(ana, { move: 'comment', note: 'Well done.' }, { decision })).toMatchObject({
      facts: { decision_id: decision.decision_id },
    });
  });

  it('that follows a decision is of no use before it, nor after an end without a person', () => {
    expect(judged(ana, { move: 'rate', asking_was: 'necessary' })).toMatchObject({ code: 'not_decided' });
    expect(judged(ana, { move: 'rate', asking_was: 'necessary' }, { decision: decidedBy([], { type: 'withdrawn' }) })).toMatchObject({
      code: 'not_decided',
    });
  });
});

describe('passing on', () => {
  const to = (id: string) => ({ move: 'reassign', to: { kind: 'person', id: id as PersonId } }) as const;

  it('reaches a person who may answer, and nobody who may not', () => {
    const item = anItem({ requested_by: 'zoe' });
    expect(judged(ana, to('ben'), { item, target: { kind: 'person', person: ben } })).toMatchObject({
      facts: { to: { kind: 'person', id: 'ben' } },
    });
    for (const target of [null, aPerson('zoe'), aPerson('yan', { roles: ['viewer'] })])
      expect(judged(ana, to('x'), { item, target: target && { kind: 'person', person: target } })).toMatchObject({
        faults: [{ path: 'to.id' }],
      });
    const team = { move: 'reassign', to: { kind: 'team', id: 'sales' as PersonId } } as const;
    expect(judged(ana, team, { target: { kind: 'team', size: 0 } })).toMatchObject({ faults: [{ path: 'to.id' }] });
  });

  it('up is of no use from the last level, nor of a duplicate', () => {
    expect(judged(ana, { move: 'escalate' }).kind).toBe('moves');
    expect(judged(ana, { move: 'escalate' }, { item: anItem({}, { level: { number: 2, name: 'last', of: 2 } }) })).toMatchObject({
      code: 'last_level',
    });
    expect(judged(ana, { move: 'escalate' }, { item: anItem({}, { duplicate_of: QUESTION as string as HandoffId }) })).toMatchObject({
      code: 'duplicate',
    });
  });

  it('to later reaches no further than the level’s own time', () => {
    expect(judged(ana, { move: 'defer', until: inMinutes(5) })).toMatchObject({ item: { deferredUntil: expect.any(String) } });
    for (const until of [inMinutes(-1), inMinutes(6 * 60)])
      expect(judged(ana, { move: 'defer', until })).toMatchObject({ faults: [{ path: 'until' }] });
  });
});

describe('after the decision', () => {
  it('whoever decided may recall it, once, if there is something to stop', () => {
    expect(judged(ana, { move: 'recall' }, { decision: decidedBy(['ana']) })).toMatchObject({
      item: { recall: { state: 'asked', by: 'ana' } },
    });
    expect(judged(ana, { move: 'recall' }, { decision: decidedBy(['ben']) }).kind).toBe('may-not');
    expect(judged(ana, { move: 'recall' }, { decision: decidedBy(['ana'], { type: 'reject' }) })).toMatchObject({
      code: 'nothing_to_recall',
    });
    const item: DeskItem = { ...anItem(), recall: { state: 'asked', by: ana.subject, at: '', text: null } };
    expect(judged(ana, { move: 'recall' }, { item, decision: decidedBy(['ana']) })).toMatchObject({ code: 'recalled_before' });
  });

  it.each(['done', 'hand_back'] as const)('whoever took it over has it until %s', (move) => {
    const [item, decision] = [{ ...anItem(), holder: ana.subject }, decidedBy(['ana'], { type: 'take_over' })];
    expect(judged(ana, { move, note: 'Paid by hand.' }, { item, decision })).toMatchObject({
      item: { holder: null },
      facts: { note: 'Paid by hand.' },
    });
    expect(judged(ben, { move, note: 'Mine?' }, { item, decision }).kind).toBe('may-not');
    expect(judged(ana, { move, note: 'Again.' }, { decision }).kind).toBe('may-not');
    expect(judged(aPerson('ana', { roles: ['lead'] }), { move, note: 'Again.' }, { decision })).toMatchObject({ code: 'not_held' });
  });
});
