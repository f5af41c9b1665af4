import { describe, expect, it } from '@jest/globals';
import type { EscalationFeedback, HandoffId, RecommendationFeedback } from '@handoff/contracts';
import { digest, type AskedTask, type UnaskedTask } from './digest.js';

const id = (name: string): HandoffId => name as HandoffId;

const asked = (
  name: string,
  [verdict, weight]: readonly [EscalationFeedback['verdict'], number],
  followed: RecommendationFeedback['verdict'],
  over: Partial<AskedTask> & { readonly edited?: number } = {},
): AskedTask => ({
  handoff_id: id(name),
  reason_code: over.reason_code ?? 'low_confidence',
  task_type: over.task_type ?? 'refund',
  escalation: { verdict, source: 'rule', weight },
  recommendation: { verdict: followed, correct: null, source: 'person', edit_distance: over.edited ?? null },
});

const week: readonly AskedTask[] = [
  asked('a', ['necessary', 0.8], 'followed_with_edits', { edited: 0.25 }),
  asked('b', ['unnecessary', 0.3], 'followed'),
  asked('c', ['late', 1], 'overridden', { reason_code: 'tool_failure', task_type: 'claim' }),
  asked('d', ['unknown', 0], 'not_applicable', { reason_code: 'other' }),
  asked('e', ['necessary', 0.8], 'followed_with_edits', { edited: 0.75 }),
];

describe('a digest', () => {
  it('has each figure with the handoffs behind it', () => {
    expect(digest(week, [], 1)).toMatchObject({
      asked: 5,
      precision: { rate: 2.6 / 2.9, necessary: ['a', 'c', 'e'], unnecessary: ['b'] },
      acceptance: { rate: 3 / 4, followed: ['b'], followed_with_edits: ['a', 'e'], overridden: ['c'] },
      edit_distance: { mean: 0.5, handoffs: ['a', 'e'] },
    });
  });

  it('has them by reason and by type of task, the most frequent first', () => {
    const { by_reason, by_task_type } = digest(week, [], 1);
    expect(by_reason.map(({ reason_code, asked: count }) => [reason_code, count])).toEqual([
      ['low_confidence', 3],
      ['tool_failure', 1],
      ['other', 1],
    ]);
    expect(by_task_type).toMatchObject([
      { task_type: 'refund', asked: 4 },
      { task_type: 'claim', precision: { rate: 1, necessary: ['c'] } },
    ]);
  });

  it('estimates what was missed by the chance with which each audit was drawn', () => {
    const tasks: readonly UnaskedTask[] = [
      { handoff_id: id('x'), propensity: 0.5, is_missed: false },
      { handoff_id: id('y'), propensity: 0.1, is_missed: true },
      { handoff_id: id('z'), propensity: 0.1, is_missed: null },
      ...Array.from({ length: 7 }, () => ({ handoff_id: null, propensity: 0.1, is_missed: null })),
    ];
    const { missed_escalations: missed } = digest([], tasks, 1);
    expect(missed).toMatchObject({ alone: 10, missed: ['y'], fine: ['x'] });
    expect(missed.estimate?.rate).toBeCloseTo(10 / 12);
    expect(missed.estimate?.low).toBeLessThan(missed.estimate?.high ?? 0);
  });

  it('knows nothing of what it has not seen', () => {
    expect(digest([], [], 1)).toMatchObject({
      precision: { rate: null },
      acceptance: { rate: null },
      edit_distance: { mean: null },
      missed_escalations: { estimate: null },
    });
  });
});
