import type { AgentId, TenantId } from '@handoff/contracts';
import type { Board } from '../board.js';
import type { AgentStanding } from './agents.js';
import type { Giving } from './giving.js';

/** What of the board is looked at. */
export type Choosing = Pick<Board, 'agents' | 'now' | 'isPausedAgent'>;

export type AgentChoice =
  | { readonly kind: 'agent'; readonly agentId: AgentId; readonly why: string }
  /** People have to look; `why` is the beginning of a sentence. */
  | { readonly kind: 'nobody'; readonly why: string };

/**
 * The agent that is named, then whoever has the capability and the least to do. One that is named need not be known: it may be one that
 * speaks over Kafka alone, and an offer that it does not answer lapses soon.
 */
export function chooseAgent(board: Choosing, tenant: TenantId, giving: Giving): AgentChoice {
  const { agentId, capability, tried, schemaId = null } = giving;
  if (agentId !== null && !tried.includes(agentId)) {
    const hindered = hindranceOf(board, tenant, agentId);
    if (hindered === null) return { kind: 'agent', agentId, why: `Offered to ${agentId}, which it names.` };
  }
  const barred = [...tried, ...(giving.passed ?? [])];
  const able = capability === null ? [] : ableOf(board, tenant, capability, barred).filter((it) => reads(it, schemaId));
  const [next] = able;
  if (next)
    return {
      kind: 'agent',
      agentId: next.agentId,
      why: `Offered to ${next.agentId}, which can do "${capability ?? ''}" and has ${next.has}.`,
    };
  return { kind: 'nobody', why: whyNobody(board, tenant, giving) };
}

/** Who does not say which forms of state it reads may be offered any. */
const reads = ({ schemas }: AgentStanding, schemaId: string | null): boolean =>
  schemas === null || schemaId === null || schemas.includes(schemaId);

function ableOf(board: Choosing, tenant: TenantId, capability: string, barred: readonly AgentId[]): readonly AgentStanding[] {
  return board.agents
    .of(tenant)
    .filter((it) => it.capabilities.includes(capability) && !barred.includes(it.agentId) && hindranceOf(board, tenant, it.agentId) === null)
    .toSorted((a, b) => a.has - b.has || a.agentId.localeCompare(b.agentId));
}

/** @returns why it cannot take anything now; null where it can, as far as is known */
function hindranceOf(board: Choosing, tenant: TenantId, agentId: AgentId): string | null {
  if (board.isPausedAgent(tenant, agentId)) return 'is paused';
  const agent = board.agents.find(tenant, agentId);
  if (agent === null) return null;
  if (agent.isRevoked) return 'has no key any more';
  if (agent.aliveUntil <= board.now) return 'was not heard of for too long';
  return agent.has >= agent.mostAtOnce ? `has ${agent.has} tasks and takes no more` : null;
}

function whyNobody(board: Choosing, tenant: TenantId, { agentId, capability, tried }: Giving): string {
  if (tried.length > 0) return `${tried.join(', ')} did not keep it and nobody else can take it`;
  if (agentId !== null) return `${agentId} ${hindranceOf(board, tenant, agentId) ?? 'cannot take it'}`;
  return capability === null ? 'It names no agent and no capability' : `No agent that can do "${capability}" is there for it`;
}
