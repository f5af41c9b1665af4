import { describe, expect, it } from '@jest/globals';
import { actionDigest, AUDIT_AGENT, DECISION_TYPES, END_TYPES, REASON_CODES, type AgentId, type DecisionId } from '@handoff/contracts';
import { label } from './label.js';
import type { DecisionRecord, OutcomeRecord, RecommendationRecord } from './records.js';

const recommended: RecommendationRecord = {
  reason_code: 'low_confidence',
  action: { kind: 'tool_call', name: 'refund', args: { order: '4711', amount: 10 } },
};
const approved: DecisionRecord = {
  type: 'approve',
  action: recommended.action,
  action_digest: actionDigest(recommended.action),
  asking_was: null,
  repeats: null,
  agent_id: 'refunds-agent' as AgentId,
};
const failed: OutcomeRecord = { result: 'failed', executed_digest: null };
const again = '0b6f2c5e-1d0a-4a66-9a3f-9a3d51d2c001' as DecisionId;

describe('a label', () => {
  it('waits for the packet that was decided', () => {
    expect(label(null, approved, null)).toBeNull();
  });

  it.each(END_TYPES)('of a handoff that was %s is unknown, counts nothing and waits for nothing', (type) => {
    expect(label(null, { ...approved, type, action: null }, null)).toMatchObject({
      escalation: { verdict: 'unknown', source: 'rule', weight: 0 },
      recommendation: { verdict: 'not_applicable', correct: null },
    });
  });

  it('of an earlier answer given again is unknown: nobody judged this handoff', () => {
    const repeated = label(recommended, { ...approved, repeats: again }, null);
    expect(repeated).toMatchObject({ escalation: { verdict: 'unknown', weight: 0 }, recommendation: { verdict: 'not_applicable' } });
    expect(repeated?.note).toBe('Nobody decided this handoff: an earlier answer was given again.');
  });

  it('explains itself in one sentence', () => {
    const edited = { ...approved, type: 'edit' as const, action: { ...recommended.action, args: { order: '4711', amount: 8 } } };
    expect(label(recommended, edited, null)?.note).toBe(
      'The recommended action was approved with other arguments (50 % of them changed); by rule, asking was necessary.',
    );
    expect(label(recommended, { ...approved, asking_was: 'unnecessary' }, null)?.note).toBe(
      'The recommended action was approved as it stood; the person says that the agent could have gone on alone.',
    );
  });

  it('is corrected by how it ended, and says so', () => {
    expect(label(recommended, approved, failed)).toEqual({
      escalation: { verdict: 'necessary', source: 'outcome', weight: 0.8 },
      recommendation: { verdict: 'followed', correct: false, source: 'outcome', edit_distance: null },
      note: 'The recommended action was approved as it stood, and it went wrong; by how it ended, asking was necessary.',
    });
  });

  it.each<[string, OutcomeRecord]>([
    ['nobody wanted it any more', { result: 'cancelled', executed_digest: null }],
    ['something else was carried out', { result: 'failed', executed_digest: 'f'.repeat(64) }],
  ])('is not touched where %s', (_, outcome) => {
    expect(label(recommended, approved, outcome)).toEqual(label(recommended, approved, null));
  });

  it('of an audit is about what the agent did alone', () => {
    const audited = label({ ...recommended, reason_code: 'policy_required' }, { ...approved, agent_id: AUDIT_AGENT, type: 'reject' }, null);
    expect(audited).toMatchObject({ escalation: { verdict: 'necessary', source: 'audit' }, recommendation: { correct: false } });
  });

  it.each(REASON_CODES.flatMap((reason) => DECISION_TYPES.map((type) => [reason, type] as const)))(
    'of %s, %s, is whole and weighs between 0 and 1',
    (reason_code, type) => {
      const made = label({ ...recommended, reason_code }, { ...approved, type }, null);
      expect(made?.escalation.weight).toBeGreaterThanOrEqual(0);
      expect(made?.escalation.weight).toBeLessThanOrEqual(1);
      expect(made?.note).toMatch(/^[A-Z][^.]*\.$/);
    },
  );
});
