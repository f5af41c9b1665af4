import type { AgentId, HandoffAssignment, HandoffId, OfferId, PersonId, QuestionId, TaskId, TenantId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { wordsIn, type Ask } from './told-by-door.js';

const [AT, LATER, MUCH_LATER] = ['2026-11-28T10:00:00.000Z', '2026-11-28T10:05:00.000Z', '2026-11-28T10:10:00.000Z'] as const;
const turn: HandoffAssignment = {
  tenant: 'default' as TenantId,
  handoff_id: 'h' as HandoffId,
  sequence: 3,
  packet_version: 1,
  event: 'confirmed',
  agent_id: 'cups' as AgentId,
  task_id: 't' as TaskId,
  asked_by: null,
  asked_at: AT,
  text: '',
  question_id: null,
  decision_id: null,
  offer_id: 'o' as OfferId,
  kind: 'delegation',
};

const ANSWERED: Ask = {
  ...{ ask_id: 'q' as QuestionId, question: 'Which colour?', asked_at: AT },
  ...{ answer: 'Blue.', answered_by: 'ana' as PersonId, answered_at: LATER },
};
const OPEN: Ask = { ...ANSWERED, ask_id: 'r' as QuestionId, asked_at: MUCH_LATER, answer: null, answered_by: null, answered_at: null };

describe('what the door tells an agent of its task', () => {
  it('is whose turn it is, which is old where the task is not its own any more', () => {
    expect(wordsIn({ ...turn, state: 'confirmed' })).toEqual([{ name: 'o confirmed 3', isOld: false, told: turn }]);
    expect(wordsIn({ ...turn, state: 'lapsed' })).toMatchObject([{ isOld: true }]);
  });

  it('is what its terms come to and what people answered it as well, in the form of the topic', () => {
    const warnings = [{ term: 'budget' as const, share: 0.8, text: 'Nearly spent.', at: AT }];
    const [, ...words] = wordsIn({ ...turn, state: 'confirmed', warnings, asks: [ANSWERED, OPEN] });
    expect(words.map(({ told }) => told)).toEqual([
      { ...turn, event: 'warning', text: 'Nearly spent.', warning: { term: 'budget', share: 0.8 } },
      { ...turn, event: 'answer', asked_by: 'ana', asked_at: LATER, text: 'Blue.', question_id: ANSWERED.ask_id },
    ]);
  });

  it('is an answer that came while it was not there, as long as the work has not gone on without it', () => {
    const isHeard = (over: Partial<HandoffAssignment>, state: string, ...more: Ask[]): boolean => {
      const words = wordsIn({ ...turn, ...over, state, asks: [ANSWERED, ...more] });
      return words.some(({ told, isOld }) => told.event === 'answer' && told.question_id === ANSWERED.ask_id && !isOld);
    };
    expect(isHeard({}, 'confirmed')).toBe(true);
    expect(isHeard({}, 'confirmed', { ...OPEN, asked_at: AT })).toBe(true);
    expect(isHeard({}, 'confirmed', OPEN)).toBe(false);
    expect(isHeard({ event: 'changes_requested', asked_at: MUCH_LATER }, 'confirmed')).toBe(false);
    for (const state of ['delivered', 'lapsed', 'cancelled']) expect(isHeard({}, state)).toBe(false);
  });

  it('is no warning of before it was started', () => {
    const warnings = [{ term: 'budget' as const, share: 0.8, text: 'Nearly spent.', at: AT }];
    expect(wordsIn({ ...turn, state: 'confirmed', warnings })).toMatchObject([{ isOld: false }, { isOld: true }]);
  });
});
