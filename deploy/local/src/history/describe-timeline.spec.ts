import type { HandoffId, TaskId, Timeline } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { describeTimeline } from './describe-timeline.js';

const AT = (time: string) => ({ at: `2026-11-28T${time}.000Z`, who: null, trace_id: null });
const H = 'h-1' as HandoffId;
const E = 'e-1' as HandoffId;
const timeline: Timeline = {
  handoff_id: H,
  task_id: 'refund-1' as TaskId,
  strands: [{ handoff_id: H, task_id: 'refund-1' as TaskId, kind: 'escalation' }],
  lines: [
    { ...AT('10:00:00'), handoff_id: H, service: 'intake', event: 'accepted', text: 'Accepted', who: 'a' },
    { ...AT('10:00:01'), handoff_id: H, service: 'sla-monitor', event: 'dead_letter', text: 'Look \u202Ehere', trace_id: '4bf9' },
  ],
  strands_left_out: 0,
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

  it('says of each line whose it is, where a delegation and what was asked within it have one history', () => {
    const [first, ...rest] = timeline.lines;
    const strands = [
      { handoff_id: H, task_id: 'cups' as TaskId, kind: 'delegation' as const },
      { handoff_id: E, task_id: 'cups-price' as TaskId, kind: 'escalation' as const },
    ];
    const lines = [...(first ? [first] : []), ...rest.map((line) => ({ ...line, handoff_id: E }))];
    expect(describeTimeline({ ...timeline, strands, lines })).toBe(`Handoff h-1 of task refund-1
With escalation e-1 of task cups-price

2026-11-28T10:00:00.000Z  delegation  intake       accepted     Accepted
2026-11-28T10:00:01.000Z  escalation  sla-monitor  dead letter  Look [U+202E]here

Trace: 4bf9`);
  });

  it('says how much is left out', () => {
    expect(describeTimeline({ ...timeline, left_out: 12 })).toContain('… 12 older lines are left out');
    expect(describeTimeline({ ...timeline, strands_left_out: 3 })).toContain('… 3 older handoffs that were asked within it are left out');
  });
});
