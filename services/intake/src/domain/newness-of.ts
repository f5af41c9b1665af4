import { deriveId, type AgentId, type KnownBy, type TenantId } from '@handoff/contracts';
import type { Escalation } from './read-escalation.js';

/** What makes a packet the same as one before; the first rule that has what it compares is the one that counts. */
export type NewnessRule = 'idempotency_key' | 'event' | 'content';

export interface Newness {
  readonly rule: NewnessRule;
  /** Equal where the rule calls two packets the same. */
  readonly key: string;
}

/** As the acceptance tells it. */
export const knownBy = ({ rule, key }: Newness, { digest }: Pick<Escalation, 'digest'>): KnownBy => ({ rule, key, content_digest: digest });

export interface Claimant {
  readonly tenant: TenantId;
  readonly agentId: AgentId;
}

export function newnessOf(
  { tenant, agentId }: Claimant,
  escalation: Pick<Escalation, 'idempotencyKey' | 'event' | 'packet' | 'digest'>,
): Newness {
  const { idempotencyKey, event, packet, digest } = escalation;
  const by = (rule: NewnessRule, ...parts: readonly string[]): Newness => ({
    rule,
    key: deriveId('newness', tenant, agentId, rule, ...parts),
  });
  if (idempotencyKey !== null) return by('idempotency_key', idempotencyKey);
  if (event !== null) return by('event', event.source, event.id);
  return by('content', packet.task_id, digest);
}
