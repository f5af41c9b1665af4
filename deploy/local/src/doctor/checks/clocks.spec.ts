import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { clocks } from './clocks.js';

const judge = (metrics: string) => clocks.judge(whatIsSeen(withMetrics('sla-monitor', metrics)));

describe('clocks', () => {
  it('are well where none is overdue and every open handoff has one', () => {
    expect(judge('handoff_clocks_overdue 0\nhandoff_audit_findings{finding="unclocked"} 0')).toEqual([]);
  });

  it('page where some are overdue, or an open handoff has none', () => {
    expect(judge('handoff_clocks_overdue 4')).toMatchObject([{ figures: { overdue: 4 }, runbook: 'handoff-clocks-overdue' }]);
    expect(judge('handoff_audit_findings{finding="unclocked"} 2')).toMatchObject([{ figures: { unclocked: 2 } }]);
  });
});
