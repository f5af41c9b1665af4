import { describe, expect, it } from '@jest/globals';
import {
  actionDigest,
  askDigest,
  DEFAULT_TENANT,
  HandoffAccepted,
  newId,
  readPacket,
  validate,
  type AgentId,
  type HandoffId,
  type JsonObject,
} from '@handoff/contracts';
import { acceptedEvent } from './accepted-event.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';

function eventOf(over: JsonObject) {
  const eight = { task_id: 't', original_request: 'r', steps_completed: [], current_state: '', reason_for_escalation: '' };
  const read = readPacket({ ...eight, recommended_action: 'refund it', urgency: 'low', data_links: ['urn:a:b'], ...over });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  const packet = read.value;
  const facts = {
    tenant: DEFAULT_TENANT,
    handoffId: newId<HandoffId>(),
    sequence: 1,
    packetVersion: 1,
    kind: 'escalation',
    givenBy: null,
    agentId: 'a' as AgentId,
    acceptedAt: '2026-01-01T00:00:00.000Z',
  } as const;
  const knownBy = { rule: 'content', key: newId(), content_digest: 'd' };
  return { packet, event: acceptedEvent({ ...facts, taskId: packet.task_id, packet }, { event: 'accepted', knownBy }) };
}

describe('what intake tells of a packet', () => {
  it('is an event that its own contract takes', () => {
    const { event } = eventOf({});
    expect(validate(HandoffAccepted, JSON.parse(JSON.stringify(event)))).toMatchObject({ kind: 'ok' });
    expect(event).toMatchObject({ completeness: { score: expect.any(Number) }, action_digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(event.masked).toEqual([]);
  });

  it('has its secrets masked and named, and the digests of what was sent', () => {
    const { event, packet } = eventOf({
      original_request: `Charge with ${TOKEN}`,
      recommended_action: { name: 'charge', args: { card_number: '4111 1111 1111 1111', amount: 3 } },
      [`unknown ${TOKEN}`]: { a: 1 },
      steps_completed: [{ action: 'tried', [TOKEN]: 'x' }],
    });
    expect(validate(HandoffAccepted, JSON.parse(JSON.stringify(event)))).toMatchObject({ kind: 'ok' });
    expect(JSON.stringify(event)).not.toMatch(/4111|a1B2/);
    expect(event.masked).toEqual(['/original_request', '/steps_completed/0/extra', '/recommended_action/args/card_number', '/extra']);
    expect(event.action_digest).toBe(actionDigest(packet.recommended_action));
    expect(event.ask_digest).toBe(askDigest(packet));
  });
});
