import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, readPacket, type AgentId, type HandoffId, type TaskId } from '@handoff/contracts';
import { applyAsk, type Standing } from './apply-ask.js';
import { NOTHING_ASKED } from './asked-of-agent.js';

const sent = {
  task_id: 't',
  original_request: 'r',
  steps_completed: [],
  current_state: '',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
};
const AT = '2026-01-01T00:00:00.000Z';

function standing(over: Partial<Standing> = {}): Standing {
  const read = readPacket(sent);
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  const ids = { tenant: DEFAULT_TENANT, handoffId: 'h' as HandoffId, agentId: 'a' as AgentId, taskId: 't' as TaskId };
  const counts = { sequence: 3, packetVersion: 1, kind: 'escalation', givenBy: null, acceptedAt: AT } as const;
  return { ...ids, ...counts, packet: read.value, sent, ended: false, withdrawal: null, asked: NOTHING_ASKED, offers: [], ...over };
}

describe('applyAsk', () => {
  it('makes a new version with context, and tells of it with the packet', () => {
    const asked = applyAsk(standing(), null, 'r', { type: 'add_context', context: { urgency: 'high' } }, AT);
    expect(asked).toMatchObject({
      kind: 'asked',
      request: { requestId: 'r', packetVersion: 2 },
      standing: { packetVersion: 2, sequence: 4, sent: { urgency: 'high' } },
      event: { event: 'updated', packet_version: 2, sequence: 4, packet: { urgency: 'high' }, withdrawal: null },
    });
  });

  it('asks for a withdrawal without another version, and once', () => {
    const asked = applyAsk(standing(), null, 'r', { type: 'withdraw', reason: 'done' }, AT);
    expect(asked).toMatchObject({
      event: { event: 'withdrawal_asked', packet_version: 1, sequence: 4, withdrawal: { reason: 'done', asked_at: AT } },
    });
    const again = asked.kind === 'asked' ? applyAsk(asked.standing, null, 'other', { type: 'withdraw', reason: '' }, AT) : null;
    expect(again).toEqual({ kind: 'asked_before', requestId: 'r' });
  });

  it.each<[string, string | null, string | null, string]>([
    ['by the agent that gave it', 'giver', 'giver', 'asked'],
    ['by a record that names nobody', 'giver', null, 'asked'],
    ['by the agent that it was given to', 'giver', 'a', 'not_allowed_value'],
    ['by that agent, where a person gave it', null, 'a', 'not_allowed_value'],
    ['by any other agent', 'giver', 'other', 'unknown_handoff'],
  ])('takes a delegation back or leaves it, when it is withdrawn %s', (_, givenBy, by, what) => {
    const delegation = standing({ kind: 'delegation', givenBy: givenBy as AgentId | null });
    const asked = applyAsk(delegation, by, 'r', { type: 'withdraw', reason: 'done' }, AT);
    expect(asked.kind === 'faults' ? asked.faults[0]?.code : asked.kind).toBe(what);
  });

  it('refuses what comes after the end', () => {
    for (const ask of [
      { type: 'withdraw', reason: '' },
      { type: 'add_context', context: { urgency: 'high' } },
    ] as const)
      expect(applyAsk(standing({ ended: true }), null, 'r', ask, AT)).toMatchObject({ faults: [{ code: 'already_ended' }] });
  });
});
