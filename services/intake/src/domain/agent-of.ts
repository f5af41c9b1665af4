import { fault, ok, refuse, secretsInIds, UNKNOWN_AGENT, type AgentId, type Envelope, type Packet, type Result } from '@handoff/contracts';
import { MAX_ID } from './read-sent.js';

/** Who asks, by an unsigned record's own words: the packet's agent, else the event's source. */
export function agentOf(packet: Packet, { source }: Envelope): Result<AgentId> {
  if (packet.agent) return ok(packet.agent.id);
  if (source === null) return ok(UNKNOWN_AGENT);
  const secrets = secretsInIds({ 'headers.ce_source': source });
  if (secrets.length > 0) return refuse(...secrets);
  if (source.length <= MAX_ID) return ok(source as AgentId);
  return refuse(
    fault(
      'headers.ce_source',
      'too_long',
      `ce_source stands for the agent and has ${source.length} characters; at most ${MAX_ID} are taken. Name the agent in agent.id.`,
    ),
  );
}
