import type { HandoffId, TenantId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { keepSaid } from './keep-said.js';
import { tellClocks } from './tell-clocks.js';
import { unseen, type Said } from './watch.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 28, 10, minute));
const watch = unseen('h' as HandoffId, 'default' as TenantId);
const said = (over: Partial<Said>): Said => ({
  ...{ event: 'warning', clock: 'decide_by', level: 1, cycle: 1, due_at: at(15), share: 0.5, result: null, identity: [], sequence: 1 },
  ...over,
});

describe('what the clocks have said', () => {
  it('is kept, but for the result, which has columns of its own', () => {
    const kept = keepSaid({ watch, said: [said({}), said({ event: 'result' })] }, at(8));
    expect(kept.said).toMatchObject([{ event: 'warning', share: 0.5, at: at(8).toISOString() }]);
    expect(keepSaid({ watch, said: [said({ event: 'result' })] }, at(8))).toBe(watch.handoff);
  });

  it('is bounded, the newest being kept', () => {
    const many = Array.from({ length: 70 }, (_, cycle) => said({ event: 'breached', cycle }));
    const kept = keepSaid({ watch, said: many }, at(8)).said ?? [];
    expect(kept).toHaveLength(60);
    expect(kept.at(-1)).toMatchObject({ cycle: 69 });
  });

  it('is told with the clocks that run and with the result', () => {
    const handoff = {
      ...keepSaid({ watch, said: [said({}), said({ event: 'breached', share: null })] }, at(16)),
      ...{ met: false, decided_at: at(20), sla_due_at: at(15), sla_class: 'critical' as const, traceparent: '00-4bf9-00f0-01' },
    };
    const clocks = [
      { handoff_id: handoff.handoff_id, clock: 'ack_by', share: 1, level: 2, cycle: 1, due_at: at(22), armed_at: at(17) } as const,
    ];
    const lines = tellClocks(handoff, clocks);
    expect(lines.map(({ event, text }) => [event, text])).toEqual([
      ['clock', 'The clock runs to 2026-11-28T10:22:00.000Z until somebody is on it'],
      ['clock', '50 % of the time of level 1 has passed'],
      ['late', 'The time of level 1 was over at 2026-11-28T10:15:00.000Z, without a decision'],
      ['late', 'The SLA (critical) was missed; it was due at 2026-11-28T10:15:00.000Z'],
    ]);
    expect(lines[0]).toMatchObject({ at: at(17).toISOString(), trace_id: '4bf9' });
  });
});
