import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { outbox } from './outbox.js';

describe('the outbox', () => {
  it('pages where its oldest event is more than half a minute old', () => {
    const judge = (age: number) => outbox.judge(whatIsSeen(withMetrics('routing', `handoff_outbox_oldest_seconds ${age}`)));
    expect(judge(29)).toEqual([]);
    expect(judge(31)).toMatchObject([{ part: 'routing', figures: { oldest_seconds: 31 }, runbook: 'handoff-publish-failures' }]);
  });
});
