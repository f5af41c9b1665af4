import { describe, expect, it } from '@jest/globals';
import { seen, whatIsSeen } from '../seen.for-spec.js';
import type { PolicySeen } from '../seen.js';
import { policy } from './policy.js';

const level = (team: string, onDuty: number) => ({ name: team, team, onDuty });
const judge = (over: Partial<PolicySeen>) =>
  policy.judge(
    whatIsSeen({
      policy: seen({ version: 3, faults: [], rules: [{ id: 'refunds', levels: [level('support', 0), level('leads', 1)] }], ...over }),
    }),
  );

describe('the policy', () => {
  it('is well where every rule finds somebody at some level', () => {
    expect(judge({})).toEqual([]);
  });

  it('pages for a rule that finds nobody at any level', () => {
    expect(judge({ rules: [{ id: 'refunds', levels: [level('support', 0), level('leads', 0)] }] })).toMatchObject([
      { severity: 'page', part: 'rule refunds', saw: expect.stringContaining('(support, leads)') },
    ]);
  });

  it('pages where it would not be read again', () => {
    expect(judge({ faults: ['line 4: HOOK_URL is not set.'] })).toMatchObject([
      { severity: 'page', part: 'policy version 3', saw: expect.stringContaining('HOOK_URL is not set.') },
    ]);
  });
});
