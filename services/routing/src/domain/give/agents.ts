import type { AgentId, TenantId } from '@handoff/contracts';

/** An agent as intake tells of it, and how much it has. */
export interface AgentStanding {
  readonly tenant: TenantId;
  readonly agentId: AgentId;
  readonly capabilities: readonly string[];
  readonly mostAtOnce: number;
  /** By the database's clock: it is counted on until then. */
  readonly aliveUntil: Date;
  readonly isRevoked: boolean;
  /** Ids of the forms of state that it reads; null where it does not say. */
  readonly schemas: readonly string[] | null;
  /** Null where it does not say. */
  readonly version: string | null;
  /** Tasks that it is offered or holds. */
  readonly has: number;
}

/** Who could take a task. Each pick changes what the next one sees. */
export class Agents {
  private readonly byKey: Map<string, AgentStanding>;

  constructor(known: readonly AgentStanding[] = []) {
    this.byKey = new Map(known.map((it) => [keyOf(it.tenant, it.agentId), it]));
  }

  find(tenant: TenantId, agentId: AgentId): AgentStanding | null {
    return this.byKey.get(keyOf(tenant, agentId)) ?? null;
  }

  of(tenant: TenantId): readonly AgentStanding[] {
    return [...this.byKey.values()].filter((it) => it.tenant === tenant);
  }

  /** A task is in other hands than before. */
  move(tenant: TenantId, from: AgentId | null, to: AgentId | null): void {
    if (from === to) return;
    this.change(tenant, from, -1);
    this.change(tenant, to, 1);
  }

  private change(tenant: TenantId, agentId: AgentId | null, by: number): void {
    const standing = agentId && this.find(tenant, agentId);
    if (standing) this.byKey.set(keyOf(tenant, standing.agentId), { ...standing, has: Math.max(0, standing.has + by) });
  }
}

const keyOf = (tenant: TenantId, agentId: AgentId): string => JSON.stringify([tenant, agentId]);
