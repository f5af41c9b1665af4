import type { AgentId, HandoffAssignment, HandoffId, OfferId, PersonId, QuestionId, TaskId, TenantId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { wordsIn } from './told-by-door.js';

const AT = '2026-11-28T10:00:00.000Z';
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

describe('what the door tells an agent of its task', () => {
  it('is whose turn it is, which is old where the task is not its own any more', () => {
    expect(wordsIn({ ...turn, state: 'confirmed' })).toEqual([{ name: 'o confirmed 3', isOld: false, told: turn }]);
    expect(wordsIn({ ...turn, state: 'lapsed' })).toMatchObject([{ isOld: true }]);
  });

  it('is what its terms come to and what people answered it as well, in the form of the topic', () => {
    const ask_id = 'q' as QuestionId;
    const answered = { ask_id, answer: 'Blue.', answered_by: 'ana' as PersonId, answered_at: AT };
    const warnings = [{ term: 'budget' as const, share: 0.8, text: 'Nearly spent.', at: AT }];
    const [, ...words] = wordsIn({
      ...turn,
      state: 'confirmed',
      warnings,
      asks: [answered, { ...answered, answer: null, answered_at: null }],
    });
    expect(words.map(({ told }) => told)).toEqual([
      { ...turn, event: 'warning', text: 'Nearly spent.', warning: { term: 'budget', share: 0.8 } },
      { ...turn, event: 'answer', asked_by: 'ana', text: 'Blue.', question_id: ask_id },
    ]);
    expect(words.every(({ isOld }) => isOld)).toBe(true);
  });
});
