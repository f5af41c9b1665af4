import { describe, expect, it } from '@jest/globals';
import { chooseAdvice, type Said } from './choose-advice.js';

const COSTS = { failure: 1, look: 0.2 };
const said = (fails: number, wrong: number | null = null, isCertified = true): Said => ({
  kind: 'said',
  p_fails_alone: fails,
  p_action_wrong: wrong,
  isCertified,
});

describe('advice', () => {
  it.each([
    ['asks where a failure is likelier than a look is dear', said(0.3), true],
    ['goes on alone below that', said(0.1), false],
    ['asks at the threshold itself', said(0.2), true],
    ['asks for a wrong action alone', said(0.1, 0.5), true],
  ])('%s', (_, it, ask) => {
    expect(chooseAdvice(it, COSTS, null, false)).toMatchObject({ ask, threshold: 0.2 });
  });

  it.each(['authority_limit', 'policy_required'] as const)('asks at a hard limit, however safe it seems: %s', (reason) => {
    expect(chooseAdvice(said(0, 0), COSTS, reason, false).ask).toBe(true);
    expect(chooseAdvice({ kind: 'no_model' }, COSTS, reason, false).ask).toBe(true);
  });

  it.each([true, false])('leaves it to the policy’s rule where evidence is missing, and says so: %s', (rule) => {
    const cold = chooseAdvice({ kind: 'no_model' }, COSTS, null, rule);
    expect(cold).toMatchObject({ ask: rule, certified: false, p_fails_alone: null });
    expect(cold.reasons).toEqual(['there is no model yet, so the policy’s rule decides']);
    expect(chooseAdvice(said(0.9, null, false), COSTS, null, rule)).toMatchObject({ ask: rule, certified: false });
  });

  it('asks more as failures cost more', () => {
    expect(chooseAdvice(said(0.1), { failure: 5, look: 0.2 }, null, false).ask).toBe(true);
  });

  it('never asks where a look costs more than any failure', () => {
    expect(chooseAdvice(said(0.99), { failure: 1, look: 2 }, null, false)).toMatchObject({ ask: false, threshold: 1 });
  });
});
