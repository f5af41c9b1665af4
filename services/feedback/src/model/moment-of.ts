import type { JsonObject } from '@handoff/contracts';
import type { Moment } from './cases.js';
import { objectIn, textIn } from './fields.js';

/**
 * A moment as models see it.
 * @param packet in its normal form, or a part of one
 * @param features what stands beside the packet, before its own; who acts is its agent where neither says more
 */
export function momentOf(packet: JsonObject, features: JsonObject, agentId = ''): Moment {
  const agent = objectIn(packet, 'agent');
  const who = { agent_model: textIn(agent, 'model') || agentId, agent_variant: textIn(agent, 'version') };
  return { packet, features: { ...who, ...objectIn(packet, 'features'), ...features } };
}
