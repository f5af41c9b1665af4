import { expect, it } from '@jest/globals';
import { DEFAULT_TENANT, HandoffAccepted, readPacket, validate, newId, type AgentId, type HandoffId } from '@handoff/contracts';
import { acceptedEvent } from './accepted-event.js';

it('makes an event that its own contract takes', () => {
  const eight = { task_id: 't', original_request: 'r', steps_completed: [], current_state: '', reason_for_escalation: '' };
  const read = readPacket({ ...eight, recommended_action: 'refund it', urgency: 'low', data_links: ['urn:a:b'] });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  const packet = read.value;
  const facts = {
    tenant: DEFAULT_TENANT,
    handoffId: newId<HandoffId>(),
    sequence: 1,
    packetVersion: 1,
    kind: 'escalation',
    agentId: 'a' as AgentId,
  } as const;
  const knownBy = { rule: 'content', key: newId(), content_digest: 'd' };
  const event = acceptedEvent(
    { ...facts, taskId: packet.task_id, packet, acceptedAt: '2026-01-01T00:00:00.000Z' },
    { event: 'accepted', knownBy },
  );
  expect(validate(HandoffAccepted, JSON.parse(JSON.stringify(event)))).toMatchObject({ kind: 'ok' });
  expect(event).toMatchObject({ completeness: { score: expect.any(Number) }, action_digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
});
