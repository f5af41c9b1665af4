import { describe, expect, it } from '@jest/globals';
import { DECISION_TYPES, type Action, type DecisionType } from '@handoff/contracts';
import { CORRECTNESS_ROWS, judgeRecommendation } from './judge-recommendation.js';
import type { LabelCase } from './label-case.js';

const recommended: Action = { kind: 'tool_call', name: 'refund', args: { order: '4711', amount: 10 } };
const nothing: Action = { kind: 'none', name: '', args: {} };

const decided = (type: DecisionType, over: Partial<LabelCase> = {}): LabelCase => ({
  reason: 'low_confidence',
  type,
  answer: null,
  isAudit: false,
  wentWell: null,
  ...over,
});

describe('whether the recommendation was followed', () => {
  it('is yes when it was approved', () => {
    const judged = judgeRecommendation(recommended, recommended, decided('approve'));
    expect(judged).toMatchObject({ verdict: 'followed', edit_distance: null });
  });

  it('is yes with edits, and how far they went, when its arguments were edited', () => {
    const edited = { ...recommended, args: { order: '4711', amount: 8 } };
    const judged = judgeRecommendation(recommended, edited, decided('edit'));
    expect(judged).toMatchObject({ verdict: 'followed_with_edits', edit_distance: 0.5 });
  });

  it.each(['reject', 'respond', 'take_over'] as const)('is no when the person chose to %s', (type) => {
    expect(judgeRecommendation(recommended, null, decided(type))).toMatchObject({ verdict: 'overridden', edit_distance: null });
  });

  it('does not apply where nothing was recommended, however it ended', () => {
    const judged = judgeRecommendation(nothing, null, decided('respond', { wentWell: true }));
    expect(judged).toMatchObject({ verdict: 'not_applicable', correct: null });
  });
});

/** Each row of the table with a case that it is the first to hold for. */
const CASES: Readonly<Record<string, readonly [LabelCase, correct: boolean, source: string]>> = {
  'it was followed and went well': [decided('approve', { wentWell: true }), true, 'outcome'],
  'it was followed and went wrong': [decided('approve', { wentWell: false, isAudit: true }), false, 'outcome'],
  'something else was done and went well': [decided('edit', { wentWell: true }), false, 'outcome'],
  'an audit approves it': [decided('approve', { isAudit: true }), true, 'audit'],
  'an audit would have changed or refused it': [decided('reject', { isAudit: true }), false, 'audit'],
};

describe('whether the recommendation was correct', () => {
  it.each(CORRECTNESS_ROWS.map((row) => [row.when, row] as const))('has the row: %s', (when, row) => {
    const [it, correct, source] = CASES[when] ?? [];
    expect(it && CORRECTNESS_ROWS.find(({ holds }) => holds(it))).toBe(row);
    expect(it && judgeRecommendation(recommended, recommended, it)).toMatchObject({ correct, source });
  });

  it('is not told by a person who took it over and has done it', () => {
    expect(judgeRecommendation(recommended, null, decided('take_over', { wentWell: true })).correct).toBeNull();
  });

  it.each(DECISION_TYPES)('is not told by a decision alone (%s)', (type) => {
    expect(judgeRecommendation(recommended, recommended, decided(type)).correct).toBeNull();
  });
});
