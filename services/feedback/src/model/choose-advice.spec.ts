import { describe, expect, it } from '@jest/globals';
import { askByRule } from '../domain/ask-by-rule.js';
import { hardLimit } from '../domain/hard-limit.js';
import { chooseAdvice, type Said } from './choose-advice.js';

const COSTS = { failure: 1, look: 0.2 };
const said = (fails: number, wrong: number | null = null, cut: number | null = 1): Said => ({
  kind: 'said',
  p_fails_alone: fails,
  p_action_wrong: wrong,
  cut,
  because: [],
});
const around = { costs: COSTS, limit: null, byRule: () => ({ ask: false, why: 'so it is' }) };

describe('advice', () => {
  it.each([
    ['asks where a failure is likelier than a look is dear', said(0.3), true],
    ['goes on alone below that', said(0.1), false],
    ['asks at the threshold itself', said(0.2), true],
    ['asks for a wrong action alone', said(0.1, 0.5), true],
    ['goes on alone only below what is vouched for', said(0.1, null, 0.05), true],
  ])('%s', (_, it, ask) => {
    expect(chooseAdvice(it, around)).toMatchObject({ ask, threshold: 0.2, certified: true });
  });

  it.each([
    hardLimit('authority_limit', {}),
    hardLimit('policy_required', {}),
    hardLimit(null, { limit: 100, requested: 101, unit: 'EUR' }),
  ])('asks at a hard limit, however safe it seems: %s', (limit) => {
    expect(limit).not.toBeNull();
    expect(chooseAdvice(said(0, 0), { ...around, limit })).toMatchObject({ ask: true, certified: false, reasons: [limit] });
    expect(chooseAdvice({ kind: 'no-model' }, { ...around, limit }).ask).toBe(true);
  });

  it('has no hard limit where the agent stays within it', () => {
    expect(hardLimit('low_confidence', { limit: 100, requested: 100 })).toBeNull();
  });

  it.each([true, false])('leaves it to the rule where evidence is missing, and says so: %s', (ask) => {
    const byRule = () => ({ ask, why: 'so it is' });
    const cold = chooseAdvice({ kind: 'no-model' }, { ...around, byRule });
    expect(cold).toMatchObject({ ask, certified: false, p_fails_alone: null });
    expect(cold.reasons).toEqual(['there is no model yet, so the rule decides: so it is']);
    expect(chooseAdvice(said(0.9, null, null), { ...around, byRule })).toMatchObject({ ask, certified: false, p_fails_alone: 0.9 });
  });

  it('asks more as failures cost more', () => {
    expect(chooseAdvice(said(0.1), { ...around, costs: { failure: 5, look: 0.2 } }).ask).toBe(true);
  });

  it('never asks where a look costs more than any failure', () => {
    expect(chooseAdvice(said(0.99), { ...around, costs: { failure: 1, look: 2 } })).toMatchObject({ ask: false, threshold: 1 });
  });
});

describe('the rule', () => {
  it.each([
    ['asks where the agent says why', 'low_confidence', 0.99, true],
    ['asks where it says nothing', null, null, true],
    ['asks where it doubts', null, 0.7, true],
    ['lets it go on where it is surer than a look is dear', null, 0.9, false],
  ] as const)('%s', (_, reason, confidence, ask) => {
    expect(askByRule(reason, confidence, 0.2).ask).toBe(ask);
  });
});
