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
 * The agent that is named, then whoever has the capability and the least to do, both where they read its state and are new enough. One that is
 * named need not be known: it may be one that speaks over Kafka alone, and an offer that it does not answer lapses soon.
 */
export function chooseAgent(board: Choosing, tenant: TenantId, giving: Giving): AgentChoice {
  const { agentId, capability, tried } = giving;
  if (agentId !== null && !tried.includes(agentId)) {
    const hindered = hindranceOf(board, tenant, agentId, giving);
    if (hindered === null) return { kind: 'agent', agentId, why: `Offered to ${agentId}, which it names.` };
  }
  const [next] = capability === null ? [] : ableOf(board, tenant, capability, giving);
  if (next)
    return {
      kind: 'agent',
      agentId: next.agentId,
      why: `Offered to ${next.agentId}, which can do "${capability ?? ''}" and has ${next.has}.`,
    };
  return { kind: 'nobody', why: whyNobody(board, tenant, giving) };
}

function ableOf(board: Choosing, tenant: TenantId, capability: string, giving: Giving): readonly AgentStanding[] {
  const barred = [...giving.tried, ...(giving.passed ?? [])];
  return board.agents
    .of(tenant)
    .filter(({ capabilities, agentId }) => capabilities.includes(capability) && !barred.includes(agentId))
    .filter(({ agentId }) => hindranceOf(board, tenant, agentId, giving) === null)
    .toSorted((a, b) => a.has - b.has || a.agentId.localeCompare(b.agentId));
}

/** @returns why it cannot take anything now; null where it can, as far as is known */
function hindranceOf(board: Choosing, tenant: TenantId, agentId: AgentId, giving: Giving): string | null {
  if (board.isPausedAgent(tenant, agentId)) return 'is paused';
  const agent = board.agents.find(tenant, agentId);
  if (agent === null) return null;
  if (agent.isRevoked) return 'has no key any more';
  if (agent.aliveUntil <= board.now) return 'was not heard of for too long';
  return agent.has >= agent.mostAtOnce ? `has ${agent.has} tasks and takes no more` : unfitness(agent, giving);
}

/** Who does not say which forms of state it reads may be offered any. */
function unfitness({ schemas, version }: AgentStanding, { schemaId, minVersion }: Giving): string | null {
  if (schemas !== null && schemaId !== undefined && !schemas.includes(schemaId)) return `does not read ${schemaId}`;
  if (!minVersion || (version !== null && isAtLeast(version, minVersion))) return null;
  return `is of version ${version ?? 'unknown'}, and ${minVersion} is needed`;
}

const isAtLeast = (version: string, least: string): boolean => version.localeCompare(least, 'en', { numeric: true }) >= 0;

function whyNobody(board: Choosing, tenant: TenantId, giving: Giving): string {
  const { agentId, capability, tried, minVersion } = giving;
  if (tried.length > 0) return `${tried.join(', ')} did not keep it and nobody else can take it`;
  if (agentId !== null) return `${agentId} ${hindranceOf(board, tenant, agentId, giving) ?? 'cannot take it'}`;
  const least = !minVersion ? '' : ` in version ${minVersion} or later`;
  return capability === null ? 'It names no agent and no capability' : `No agent that can do "${capability}"${least} is there for it`;
}
