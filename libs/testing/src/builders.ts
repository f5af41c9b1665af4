import {
  actionDigest,
  askDigest,
  DEFAULT_TENANT,
  newId,
  readPacket,
  scoreCompleteness,
  type AgentId,
  type HandoffAccepted,
  type HandoffDecision,
  type HandoffRouted,
  type JsonObject,
  type Packet,
  type PersonId,
  type TeamId,
} from '@handoff/contracts';

/** The eight fields as an agent would send them, with what the test cares about put over them. */
export function bareFields(over: Readonly<Record<string, unknown>> = {}): JsonObject {
  return {
    task_id: `task-${newId()}`,
    original_request: 'Please refund order 4711; the kettle arrived broken.',
    steps_completed: ['looked up order 4711', 'checked the photo'],
    current_state: 'The customer waits for an answer.',
    reason_for_escalation: 'The refund is above my limit.',
    recommended_action: '{"name":"refund_order","arguments":{"order_id":"4711","amount":129.5}}',
    urgency: 'medium',
    data_links: ['urn:shop:order:4711'],
    ...over,
  } as JsonObject;
}

export function aPacket(over: Readonly<Record<string, unknown>> = {}): Packet {
  const read = readPacket(bareFields(over));
  if (read.kind === 'faults') throw new Error(`The test's packet is not valid: ${JSON.stringify(read.faults)}`);
  return read.value;
}

/** Events carry what the test names; `packet` may hold packet fields alone. */
export function anAcceptedHandoff(
  over: Partial<Omit<HandoffAccepted, 'packet'>> & { readonly packet?: Readonly<Record<string, unknown>> } = {},
): HandoffAccepted {
  const packet = aPacket(over.packet);
  return {
    event: 'accepted',
    tenant: DEFAULT_TENANT,
    handoff_id: newId(),
    sequence: 1,
    packet_version: 1,
    kind: 'escalation',
    agent_id: 'refunds-agent' as AgentId,
    task_id: packet.task_id,
    completeness: scoreCompleteness(packet),
    action_digest: actionDigest(packet.recommended_action),
    ask_digest: askDigest(packet),
    accepted_at: new Date().toISOString(),
    withdrawal: null,
    ...over,
    packet,
  };
}

/** Routing's event for an accepted handoff: its first level, which asks ana and ben of the team `support`. */
export function aRouting(accepted: HandoffAccepted, over: Partial<HandoffRouted> = {}): HandoffRouted {
  const due = (seconds: number): string => new Date(Date.parse(accepted.accepted_at) + seconds * 1000).toISOString();
  const critical = accepted.packet.urgency === 'high';
  return {
    event: 'asked',
    tenant: accepted.tenant,
    handoff_id: accepted.handoff_id,
    sequence: 1,
    packet_version: accepted.packet_version,
    level: { number: 1, name: 'support', of: 2 },
    cycle: 1,
    team: 'support' as TeamId,
    asked: ['ana', 'ben'] as PersonId[],
    may_decide: ['support'] as TeamId[],
    answers_needed: 1,
    page: true,
    ladder: [{ channel: 'webhook', after_seconds: 0 }],
    ack_by: due(critical ? 300 : 3600),
    decide_by: due(critical ? 900 : 14_400),
    sla: { class: critical ? 'critical' : 'normal', due_at: due(critical ? 900 : 14_400) },
    policy: { id: 'test', version: 1, rule: 'default' },
    why: 'First level of the rule "default".',
    skipped: [],
    before: [],
    unattended: false,
    duplicate_of: null,
    related: [],
    end: null,
    routed_at: accepted.accepted_at,
    ...over,
  };
}

/** A person's answer, by default an approval of what was recommended. */
export function aDecision(accepted: HandoffAccepted, over: Partial<HandoffDecision> = {}): HandoffDecision {
  const { kind, name, args } = accepted.packet.recommended_action;
  return {
    tenant: accepted.tenant,
    handoff_id: accepted.handoff_id,
    sequence: 1,
    packet_version: accepted.packet_version,
    decision_id: newId(),
    kind: accepted.kind,
    task_id: accepted.task_id,
    agent_id: accepted.agent_id,
    type: 'approve',
    action: { kind, name, args },
    action_digest: accepted.action_digest,
    message: null,
    decided_by: [{ subject: 'ana' as PersonId, level: 1, channel: 'desk' }],
    decided_at: new Date().toISOString(),
    urgency: accepted.packet.urgency,
    sla: null,
    asking_was: null,
    resume: null,
    repeats: null,
    duplicate_of: null,
    ...over,
  };
}
