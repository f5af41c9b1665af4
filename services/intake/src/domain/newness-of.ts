import { deriveId, type KnownBy, type TenantId } from '@handoff/contracts';
import type { SentHandoff } from './read-sent.js';

/** What makes a packet the same as one before; the first rule that has what it compares is the one that counts. */
export type NewnessRule = 'idempotency_key' | 'event' | 'content';

export interface Newness {
  readonly rule: NewnessRule;
  /** Equal where the rule calls two packets the same. */
  readonly key: string;
}

/** As the acceptance tells it. */
export const knownBy = ({ rule, key }: Newness, { digest }: Pick<SentHandoff, 'digest'>): KnownBy => ({
  rule,
  key,
  content_digest: digest,
});

/** Who hands it over; what two of them send is never the same. */
export interface Claimant {
  readonly tenant: TenantId;
  /** An agent, or a person. */
  readonly by: string;
}

export function newnessOf(
  { tenant, by: claimant }: Claimant,
  { idempotencyKey, event, packet, digest }: Pick<SentHandoff, 'idempotencyKey' | 'event' | 'packet' | 'digest'>,
): Newness {
  const by = (rule: NewnessRule, ...parts: readonly string[]): Newness => ({
    rule,
    key: deriveId('newness', tenant, claimant, rule, ...parts),
  });
  if (idempotencyKey !== null) return by('idempotency_key', idempotencyKey);
  if (event !== null) return by('event', event.source, event.id);
  return by('content', packet.task_id, digest);
}
