import { describe, expect, it } from '@jest/globals';
import type { Action, DecisionType } from '@handoff/contracts';
import { judgeRecommendation } from './judge-recommendation.js';
import type { PersonsDecision } from './records.js';

const recommended: Action = { kind: 'tool_call', name: 'refund', args: { order: '4711', amount: 10 } };
const nothing: Action = { kind: 'none', name: '', args: {} };

const decided = (type: DecisionType, action: Action | null = null): PersonsDecision => ({ type, action, asking_was: null, repeats: null });

describe('whether the recommendation was followed', () => {
  it('is yes when it was approved', () => {
    expect(judgeRecommendation(recommended, decided('approve', recommended))).toMatchObject({ verdict: 'followed', edit_distance: null });
  });

  it('is yes with edits, and how far they went, when its arguments were edited', () => {
    const edited = { ...recommended, args: { order: '4711', amount: 8 } };
    const judged = judgeRecommendation(recommended, decided('edit', edited));
    expect(judged).toMatchObject({ verdict: 'followed_with_edits', edit_distance: 0.5 });
  });

  it.each(['reject', 'respond', 'take_over'] as const)('is no when the person chose to %s', (type) => {
    expect(judgeRecommendation(recommended, decided(type))).toMatchObject({ verdict: 'overridden', edit_distance: null });
  });

  it('does not apply where nothing was recommended', () => {
    expect(judgeRecommendation(nothing, decided('respond'))).toMatchObject({ verdict: 'not_applicable' });
  });

  it.each(['approve', 'edit', 'reject', 'respond', 'take_over'] as const)('never says whether it was correct (%s)', (type) => {
    expect(judgeRecommendation(recommended, decided(type, recommended)).correct).toBeNull();
  });
});
