import type { HandoffId, TaskId, Timeline } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { describeTimeline } from './describe-timeline.js';

const timeline: Timeline = {
  handoff_id: 'h-1' as HandoffId,
  task_id: 'refund-1' as TaskId,
  lines: [
    { at: '2026-11-28T10:00:00.000Z', service: 'intake', event: 'accepted', text: 'Accepted', who: 'a', trace_id: null },
    { at: '2026-11-28T10:00:01.000Z', service: 'sla-monitor', event: 'dead_letter', text: 'Look \u202Ehere', who: null, trace_id: '4bf9' },
  ],
  left_out: 0,
  gaps: [],
};

describe('a timeline in a terminal', () => {
  it('has a line for each thing that happened, and what would act on the terminal made visible', () => {
    expect(describeTimeline(timeline)).toBe(`Handoff h-1 of task refund-1

2026-11-28T10:00:00.000Z  intake       accepted     Accepted
2026-11-28T10:00:01.000Z  sla-monitor  dead letter  Look [U+202E]here

Trace: 4bf9`);
  });

  it('says how much is left out', () => {
    expect(describeTimeline({ ...timeline, left_out: 12 })).toContain('… 12 older lines are left out');
  });
});
