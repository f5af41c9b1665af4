import type { AgentId, HandoffRouted } from '@handoff/contracts';

/** Whose a task is now, or shall be; null in people's turn. */
export const handIn = ({ event, agent }: HandoffRouted): AgentId | null =>
  event === 'offered' || event === 'held' ? (agent?.agent_id ?? null) : null;
