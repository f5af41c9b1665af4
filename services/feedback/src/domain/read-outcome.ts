import { senderNamed } from '@handoff/bus';
import {
  AgentOutcome,
  deriveId,
  fault,
  isJsonObject,
  maskPacket,
  maskText,
  ok,
  readPacket,
  refuse,
  secretsInIds,
  sha256,
  validate,
  type AgentId,
  type DecisionId,
  type Envelope,
  type Fault,
  type HandoffId,
  type Json,
  type JsonObject,
  type Packet,
  type Result,
  type TaskId,
  type TenantId,
} from '@handoff/contracts';
import canonicalize from 'canonicalize';
import type { OutcomeRecord } from './records.js';

/** An outcome as it is kept: without secrets, and never changed. */
export interface Outcome extends OutcomeRecord {
  readonly outcome_id: string;
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly task_id: TaskId;
  readonly handoff_id: HandoffId | null;
  readonly decision_id: DecisionId | null;
  readonly ended_at: string | null;
  readonly text: string;
  /** What the agent had before it as it went on alone; null where it does not say. */
  readonly packet: Packet | null;
}

/** @param envelope of the event; what it names counts for where the value names nobody */
export function readOutcome(sent: Json, tenant: TenantId, envelope: Envelope): Result<Outcome> {
  const checked = validate(AgentOutcome, withoutNulls(sent));
  if (checked.kind === 'faults') return checked;
  const outcome = checked.value;
  const packet = outcome.packet ? readMoment(outcome.packet, outcome.task_id) : ok(null);
  const agent = senderNamed(outcome.agent_id ?? (packet.kind === 'ok' ? packet.value?.agent?.id : undefined), envelope);
  const secrets = secretsInIds({ task_id: outcome.task_id, agent_id: outcome.agent_id });
  if (packet.kind === 'faults' || agent.kind === 'faults' || secrets.length > 0)
    return refuse(...faultsOf(packet), ...faultsOf(agent), ...secrets);
  const { task_id, result, handoff_id, decision_id, executed_digest, ended_at = null, text = '' } = outcome;
  return ok({
    outcome_id: deriveId('outcome', tenant, agent.value, task_id, ...identityOf(sent, envelope)),
    tenant,
    agent_id: agent.value,
    task_id,
    result,
    // As Postgres and we write them, and we compare.
    handoff_id: (handoff_id?.toLowerCase() ?? null) as HandoffId | null,
    decision_id: (decision_id?.toLowerCase() ?? null) as DecisionId | null,
    executed_digest: executed_digest?.toLowerCase() ?? null,
    ended_at,
    text: maskText(text),
    packet: packet.value && maskPacket(packet.value).value,
  });
}

/** Known again by its event, and without one by its words. */
function identityOf(sent: Json, { source, id }: Envelope): readonly string[] {
  return source !== null && id !== null ? ['event', source, id] : ['words', sha256(canonicalize(sent) ?? '')];
}

const withoutNulls = (sent: Json): Json =>
  isJsonObject(sent) ? Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null)) : sent;

/** What a packet has to say that was never sent to anybody; the rest may be left out. */
const LEFT_OUT: JsonObject = {
  steps_completed: [],
  current_state: '',
  reason_for_escalation: '',
  recommended_action: '',
  urgency: 'low',
  data_links: [],
};

function readMoment(packet: JsonObject, taskId: TaskId): Result<Packet> {
  const read = readPacket({ ...LEFT_OUT, ...packet, task_id: taskId });
  return read.kind === 'ok' ? read : refuse(...read.faults.map(({ path, code, message }) => fault(`packet.${path}`, code, message)));
}

const faultsOf = (result: Result<unknown>): readonly Fault[] => (result.kind === 'faults' ? result.faults : []);
