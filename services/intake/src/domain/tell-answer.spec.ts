import type { AgentId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { tellAnswer, type ToldHandoff, type ToldRequest } from './tell-answer.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 28, 10, minute));
const handoff: ToldHandoff = {
  ...{ agent_id: 'refunds' as AgentId, task_id: 'refund-1', kind: 'escalation', urgency: 'high', score: 0.83, accepted_at: at(0) },
};
const request: ToldRequest = { type: 'add_context', reason: null, packet_version: 2, state: 'applied', asked_at: at(1), settled_at: at(2) };

describe('an agent’s side of the history', () => {
  it('begins with what was accepted, without a word of the packet', () => {
    expect(tellAnswer(handoff, [])).toEqual([
      {
        ...{ at: '2026-11-28T10:00:00.000Z', event: 'accepted', who: 'refunds', trace_id: null },
        text: 'Accepted from refunds: escalation of task refund-1, urgency high, completeness 0.83',
      },
    ]);
  });

  it('has what the agent asked of it later, and what became of that', () => {
    expect(
      tellAnswer(handoff, [request, { ...request, type: 'withdraw', reason: 'done', state: 'pending', settled_at: null }]).slice(1),
    ).toMatchObject([
      { event: 'context', text: 'The agent adds context: version 2 of the packet' },
      { event: 'context', at: '2026-11-28T10:02:00.000Z', text: 'The agent’s context was applied' },
      { event: 'request', text: 'The agent asks to take it back (done)' },
    ]);
  });

  it('is empty where other services have told of it before its acceptance was here', () => {
    expect(tellAnswer({ ...handoff, accepted_at: null }, [])).toEqual([]);
  });
});
