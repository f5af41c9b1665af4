import { Transactions, type Transaction } from '@handoff/bus';
import { agentKeyOf, handoffAgents, type AgentAbilities, type AgentEvent, type HandoffAgent } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import { IntakeConfig } from '../intake.config.js';
import type { CallingAgent } from './agent-keys.js';

interface AgentRow {
  readonly tenant: CallingAgent['tenant'];
  readonly agent_id: CallingAgent['agentId'];
  readonly event: AgentEvent;
  readonly abilities: AgentAbilities;
  readonly alive_until: Date;
  readonly told_until: Date;
  readonly revision: number;
  readonly now: Date;
}

const RETURNED = 'RETURNING *, handoff_now() AS now';

/** Agents that take tasks: what they can do, and until when they are counted on. */
@Injectable()
export class AgentRegister {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(IntakeConfig) private readonly config: IntakeConfig,
  ) {}

  /** @returns until when it is counted on, if it is not heard of again */
  register({ tenant, agentId }: CallingAgent, abilities: AgentAbilities): Promise<string> {
    return this.transactions.run(async (tx) => {
      const told = await tx.rows<AgentRow>(
        `INSERT INTO agents AS a (tenant, agent_id, event, abilities, alive_until, told_until, revision)
         SELECT $1, $2, 'registered', $3::jsonb, until.at, until.at, 1
         FROM (SELECT handoff_now() + make_interval(secs => $4) AS at) AS until
         ON CONFLICT (tenant, agent_id) DO UPDATE SET event = 'registered', abilities = excluded.abilities, alive_until = excluded.alive_until,
           told_until = excluded.told_until, revision = a.revision + 1 ${RETURNED}`,
        [tenant, agentId, JSON.stringify(abilities), this.config.AGENT_ALIVE_SECONDS],
      );
      return this.tell(tx, told);
    });
  }

  /** Told only where what was told is half over, or was that it is gone: a heartbeat is no event. */
  beat({ tenant, agentId }: CallingAgent): Promise<string> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx.rows<AgentRow>(
        `UPDATE agents SET alive_until = handoff_now() + make_interval(secs => $3) WHERE tenant = $1 AND agent_id = $2 ${RETURNED}`,
        [tenant, agentId, this.config.AGENT_ALIVE_SECONDS],
      );
      if (!row) throw new Problem(HttpStatus.NOT_FOUND, 'not_registered', 'Say first what this agent can do: PUT /v1/agents/me.');
      const isTold = row.event !== 'lapsed' && (row.told_until.getTime() - row.now.getTime()) * 2 > this.config.AGENT_ALIVE_SECONDS * 1000;
      return isTold ? row.alive_until.toISOString() : this.tell(tx, await this.revive(tx, row));
    });
  }

  /** Of those that were not heard of for too long. @returns how many */
  async lapse(tx: Transaction, limit: number): Promise<number> {
    const silent = await tx.rows<AgentRow>(
      `UPDATE agents a SET told_until = alive_until, revision = revision + 1, event = CASE WHEN EXISTS (
         SELECT FROM agent_keys k WHERE k.tenant = a.tenant AND k.agent_id = a.agent_id AND k.revoked_at IS NULL) THEN 'lapsed' ELSE 'revoked' END
       WHERE (tenant, agent_id) IN (
         SELECT tenant, agent_id FROM agents WHERE event IN ('registered', 'alive') AND alive_until <= (SELECT handoff_now())
         ORDER BY alive_until LIMIT $1 FOR UPDATE SKIP LOCKED) ${RETURNED}`,
      [limit],
    );
    this.tell(tx, silent);
    return silent.length;
  }

  private revive(tx: Transaction, { tenant, agent_id }: AgentRow): Promise<AgentRow[]> {
    return tx.rows<AgentRow>(
      `UPDATE agents SET event = 'alive', told_until = alive_until, revision = revision + 1 WHERE tenant = $1 AND agent_id = $2 ${RETURNED}`,
      [tenant, agent_id],
    );
  }

  private tell(tx: Transaction, rows: readonly AgentRow[]): string {
    tx.publish(handoffAgents, rows.map(toldOf), { identityOf: ({ id, revision }) => [id, revision] });
    return rows[0]?.alive_until.toISOString() ?? '';
  }
}

const toldOf = ({ tenant, agent_id, event, abilities, alive_until, revision, now }: AgentRow): HandoffAgent => ({
  capabilities: abilities.capabilities,
  most_at_once: abilities.most_at_once,
  ...(abilities.version === undefined ? {} : { version: abilities.version }),
  ...(abilities.schemas === undefined ? {} : { schemas: abilities.schemas }),
  tenant,
  id: agentKeyOf(tenant, agent_id),
  event,
  agent_id,
  alive_until: alive_until.toISOString(),
  revision,
  changed_at: now.toISOString(),
});
