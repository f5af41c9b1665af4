import { describe, expect, it } from '@jest/globals';
import { ASKING_VERDICTS, DECISION_TYPES, REASON_CODES } from '@handoff/contracts';
import { ESCALATION_ROWS, judgeEscalation } from './judge-escalation.js';
import type { LabelCase } from './label-case.js';

const doubted: LabelCase = { reason: 'low_confidence', type: 'approve', answer: null, isAudit: false, wentWell: null };
const audited: LabelCase = { ...doubted, reason: 'policy_required', isAudit: true };

/** Each row of the table with a case that it is the first to hold for, and what that case is labelled. */
const CASES: Readonly<Record<string, readonly [LabelCase, verdict: string, source: string, weight: number]>> = {
  'the auditor answers "should the agent have handled this itself?"': [
    { ...audited, type: 'reject', answer: 'unnecessary' },
    'unnecessary',
    'audit',
    1,
  ],
  'the person answers "should the agent have handled this itself?"': [{ ...doubted, answer: 'late', wentWell: false }, 'late', 'person', 1],
  'an audit approves what the agent did': [audited, 'unnecessary', 'audit', 1],
  'an audit would have done otherwise': [{ ...audited, type: 'edit' }, 'necessary', 'audit', 1],
  'the agent was bound to ask': [{ ...doubted, reason: 'authority_limit', wentWell: true }, 'necessary', 'rule', 1],
  'approved as it stood, and it went wrong': [{ ...doubted, wentWell: false }, 'necessary', 'outcome', 0.8],
  'the person did otherwise, and it went well': [{ ...doubted, type: 'edit', wentWell: true }, 'necessary', 'outcome', 0.9],
  'the person did otherwise': [{ ...doubted, type: 'edit', wentWell: false }, 'necessary', 'rule', 0.8],
  'others wanted a person, approved as it stood': [{ ...doubted, reason: 'safety_or_fraud', wentWell: true }, 'necessary', 'rule', 0.8],
  'out of scope, approved as it stood': [{ ...doubted, reason: 'out_of_scope', wentWell: true }, 'unknown', 'rule', 0],
  'the agent doubted, approved as it stood, and it went well': [{ ...doubted, wentWell: true }, 'unnecessary', 'outcome', 0.8],
  'low confidence, approved as it stood': [doubted, 'unnecessary', 'rule', 0.3],
  'another doubt, approved as it stood': [{ ...doubted, reason: 'tool_failure' }, 'unnecessary', 'rule', 0.2],
};

describe('whether asking was right', () => {
  it.each(ESCALATION_ROWS.map((row) => [row.when, row] as const))('has the row: %s', (when, row) => {
    const [it, verdict, source, weight] = CASES[when] ?? [];
    expect(it && ESCALATION_ROWS.find(({ holds }) => holds(it))).toBe(row);
    expect(it && judgeEscalation(it)).toEqual({ verdict, source, weight });
  });

  it('never counts an approval against an agent that was bound to ask, whatever was decided and however it ended', () => {
    for (const reason of ['authority_limit', 'policy_required'] as const)
      for (const type of DECISION_TYPES)
        for (const wentWell of [true, false, null])
          expect(judgeEscalation({ ...doubted, reason, type, wentWell })).toEqual({ verdict: 'necessary', source: 'rule', weight: 1 });
  });

  it('is the person’s to say even of an authority limit: then it is about the limit', () => {
    const judged = judgeEscalation({ ...doubted, reason: 'authority_limit', answer: 'unnecessary' });
    expect(judged).toEqual({ verdict: 'unnecessary', source: 'person', weight: 1 });
  });

  it('has a verdict for every answer that a person can give; "unknown" counts nothing', () => {
    const judged = ASKING_VERDICTS.map((answer) => judgeEscalation({ ...doubted, answer }));
    expect(judged.map(({ verdict }) => verdict)).toEqual(ASKING_VERDICTS);
    expect(judged.find(({ verdict }) => verdict === 'unknown')).toMatchObject({ weight: 0 });
  });

  it('says something of every reason and decision', () => {
    for (const reason of REASON_CODES)
      for (const type of DECISION_TYPES) expect(ESCALATION_ROWS.some(({ holds }) => holds({ ...doubted, reason, type }))).toBe(true);
  });
});
