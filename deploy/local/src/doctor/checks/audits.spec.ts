import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { audits } from './audits.js';

const judge = (metrics: string) => audits.judge(whatIsSeen(withMetrics('intake', metrics)));

describe('audits', () => {
  it.each([
    ['unrouted', 'handoff-unrouted'],
    ['unpublished', 'handoff-publish-failures'],
    ['past_lease', 'handoff-audit-findings'],
  ])('page with the runbook of the finding %s', (finding, runbook) => {
    expect(judge(`handoff_audit_findings{finding="${finding}"} 2`)).toMatchObject([
      { severity: 'page', figures: { finding, count: 2 }, runbook },
    ]);
  });

  it('say nothing where nothing was found, and of what other checks say', () => {
    expect(judge('handoff_audit_findings{finding="unrouted"} 0\nhandoff_audit_findings{finding="dead_letters"} 2')).toEqual([]);
  });

  it('page where the auditor itself has stopped', () => {
    const heartbeat = (secondsAgo: number) => `handoff_audit_heartbeat_seconds ${Date.now() / 1000 - secondsAgo}`;
    expect(judge(heartbeat(20))).toEqual([]);
    expect(judge(heartbeat(300))).toMatchObject([{ runbook: 'handoff-audit-silent' }]);
  });
});
