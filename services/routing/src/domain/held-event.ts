import type {
  AgentId,
  HandoffAssignment,
  HandoffClock,
  HandoffDecision,
  HandoffId,
  HandoffMove,
  HandoffReplied,
  HandoffRouted,
  TenantId,
} from '@handoff/contracts';

/** Order holds within a topic alone: what arrives before its handoff is kept, and takes effect when the handoff comes. */
export type HeldEvent = { readonly tenant: TenantId; readonly handoffId: HandoffId } & (
  | { readonly kind: 'clock'; readonly event: HandoffClock }
  | { readonly kind: 'move'; readonly event: HandoffMove }
  | { readonly kind: 'reply'; readonly event: HandoffReplied }
  | { readonly kind: 'decision'; readonly event: HandoffDecision }
  | { readonly kind: 'superseded'; readonly event: Superseding }
  /** Our own words, before this schema was restored. */
  | { readonly kind: 'said'; readonly event: HandoffRouted }
  | { readonly kind: 'told'; readonly event: HandoffAssignment }
);

/** The newer handoff that takes this one's place. */
export interface Superseding {
  readonly by: HandoffId;
  readonly tenant: TenantId;
  readonly agentId: AgentId;
}
