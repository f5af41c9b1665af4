import { describe, expect, it } from '@jest/globals';
import { seen, whatIsSeen } from '../seen.for-spec.js';
import type { AgentsSeen, AskingAgent } from '../seen.js';
import { agents } from './agents.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 28, 10, minute)).toISOString();
const agent: AskingAgent = { agent_id: 'refunds', handoffs: 20, first_at: at(0), last_at: at(20), usual_gap_seconds: 63 };
const judge = (over: Partial<AgentsSeen>) =>
  agents.judge(whatIsSeen({ agents: seen({ now: at(40), asking: [], unanswered: [], ...over }), silentAfter: 900 }));

describe('agents', () => {
  it('are silent where they have asked regularly and let many of their gaps pass', () => {
    expect(judge({ asking: [agent] })).toMatchObject([
      {
        severity: 'ticket',
        part: 'agent refunds',
        figures: { quiet_seconds: 1200, usual_gap_seconds: 63 },
        runbook: 'handoff-agent-silent',
      },
    ]);
  });

  it.each([
    ['that asked a moment ago', { last_at: at(39) }],
    ['whose gaps are long', { usual_gap_seconds: 600 }],
    ['that asked a few times', { handoffs: 3 }],
    ['that asked in one burst', { first_at: at(19) }],
    ['that are long gone', { first_at: at(-3000), last_at: at(-2000) }],
  ])('are none of those %s', (_, over) => {
    expect(judge({ asking: [{ ...agent, ...over }] })).toEqual([]);
  });

  it('are silent where people wait for their answers', () => {
    const unanswered = (minute: number) => [{ agent_id: 'refunds', questions: 2, since: at(minute) }];
    expect(judge({ unanswered: unanswered(39) })).toEqual([]);
    expect(judge({ unanswered: unanswered(10) })).toMatchObject([
      { part: 'agent refunds', figures: { questions: 2, waits_seconds: 1800 } },
    ]);
  });
});
