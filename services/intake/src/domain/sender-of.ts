import { senderNamed } from '@handoff/bus';
import { agentGiving, ok, UNKNOWN_AGENT, unlessSecret, type AgentId, type Envelope, type Result } from '@handoff/contracts';
import { MAX_ID, type SentHandoff } from './read-sent.js';

/** Whose handoff it is. */
export interface Sender {
  /** Who asks, or passes on; of what is given to an agent, the one that is named. */
  readonly agentId: AgentId;
  /** Who hands it over, an agent or a person: by whom the same is known again. */
  readonly by: string;
  /** Of a delegation that an agent gives: that agent. */
  readonly givenBy: AgentId | null;
}

/** By an unsigned record's own words. */
export function senderOf(sent: SentHandoff, envelope: Envelope): Result<Sender> {
  if (sent.kind === 'delegation') return ok(delegator(sent, envelope.source));
  const agent = senderNamed(sent.packet.agent?.id, envelope);
  return agent.kind === 'faults' ? agent : ok({ agentId: agent.value, by: agent.value, givenBy: null });
}

/** @param source whoever sent the event, where the packet does not say who gave the task */
export function delegator({ packet: { delegation } }: Pick<SentHandoff, 'packet'>, source: string | null): Sender {
  const named = delegation?.delegated_by ?? (source !== null && source.length <= MAX_ID ? unlessSecret(source) : null);
  return {
    agentId: delegation?.agent_target?.agent_id ?? UNKNOWN_AGENT,
    by: `person ${named ?? 'unknown'}`,
    givenBy: named === null ? null : agentGiving(named),
  };
}
