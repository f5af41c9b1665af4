import { describe, expect, it } from '@jest/globals';
import { ASKING_VERDICTS, DECISION_TYPES, type DecisionType, type ReasonCode } from '@handoff/contracts';
import { judgeEscalation } from './judge-escalation.js';
import type { PersonsDecision } from './records.js';

const decided = (type: DecisionType, over: Partial<PersonsDecision> = {}): PersonsDecision => ({
  type,
  action: null,
  asking_was: null,
  repeats: null,
  ...over,
});

describe('whether asking was right', () => {
  it.each(['necessary', 'unnecessary', 'late', 'wrong_target'] as const)('is what the person says: %s', (answer) => {
    const judged = judgeEscalation('low_confidence', decided('edit', { asking_was: answer }));
    expect(judged).toEqual({ verdict: answer, source: 'person', weight: 1 });
  });

  it('is unknown, and counts nothing, when the person says so', () => {
    const judged = judgeEscalation('low_confidence', decided('approve', { asking_was: 'unknown' }));
    expect(judged).toEqual({ verdict: 'unknown', source: 'person', weight: 0 });
  });

  it('is the person’s to say even of an authority limit: then it is about the limit', () => {
    const judged = judgeEscalation('authority_limit', decided('approve', { asking_was: 'unnecessary' }));
    expect(judged).toEqual({ verdict: 'unnecessary', source: 'person', weight: 1 });
  });

  it.each((['authority_limit', 'policy_required'] as const).flatMap((reason) => DECISION_TYPES.map((type) => [reason, type] as const)))(
    'is necessary after %s whatever was decided, here %s',
    (reason, type) => {
      expect(judgeEscalation(reason, decided(type))).toEqual({ verdict: 'necessary', source: 'rule', weight: 1 });
    },
  );

  it.each(['edit', 'reject', 'respond', 'take_over'] as const)('is likely necessary when the person had to %s', (type) => {
    expect(judgeEscalation('low_confidence', decided(type))).toEqual({ verdict: 'necessary', source: 'rule', weight: 0.8 });
    expect(judgeEscalation('other', decided(type))).toEqual({ verdict: 'necessary', source: 'rule', weight: 0.8 });
  });

  it.each<[ReasonCode, string, number]>([
    ['low_confidence', 'unnecessary', 0.3],
    ['missing_information', 'unnecessary', 0.2],
    ['conflicting_evidence', 'unnecessary', 0.2],
    ['tool_failure', 'unnecessary', 0.2],
    ['repeated_failure', 'unnecessary', 0.2],
    ['other', 'unnecessary', 0.2],
    ['out_of_scope', 'unknown', 0],
    ['user_requested_human', 'necessary', 0.8],
    ['safety_or_fraud', 'necessary', 0.8],
  ])('after %s, approved as it stood, is %s with weight %d', (reason, verdict, weight) => {
    expect(judgeEscalation(reason, decided('approve'))).toEqual({ verdict, source: 'rule', weight });
  });

  it('has a verdict for every answer that a person can give', () => {
    const verdicts = ASKING_VERDICTS.map((answer) => judgeEscalation('other', decided('approve', { asking_was: answer })).verdict);
    expect(verdicts).toEqual(ASKING_VERDICTS);
  });
});
