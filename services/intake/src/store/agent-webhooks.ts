import { randomBytes } from 'node:crypto';
import type { AgentId, Seconds, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { WebhookOutcome } from '../domain/webhook-outcome.js';
import { UnknownDataKeyError } from '../intake.errors.js';
import { AgentEvents, hasEventsAfter } from './agent-events.js';
import type { CallingAgent } from './agent-keys.js';
import { Vault, webhookName } from './vault.js';

/** As its agent sees it. */
export interface WebhookView {
  readonly url: string;
  readonly state: 'on' | 'off';
  /** What went wrong with the last attempt. */
  readonly error: string | null;
}

/** One that this process sends to, for as long as its lease lasts. */
export interface ClaimedWebhook {
  readonly agent: CallingAgent;
  readonly url: string;
  /** Null where it was encrypted with a key that is not here any more. */
  readonly secret: string | null;
  readonly position: string;
  readonly attempts: number;
  readonly failingSince: Date | null;
  readonly now: Date;
}

export interface Sent extends WebhookOutcome {
  readonly position: string;
  readonly attempts: number;
}

const SECRET_BYTES = 32;

/** Where agents are told that cannot ask. */
@Injectable()
export class AgentWebhooks {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(AgentEvents) private readonly events: AgentEvents,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Anew, or at another address: it goes on where the one before was. @returns the secret, which is told this once */
  async register(agent: CallingAgent, url: string): Promise<string> {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const position = await this.events.newest(agent);
    await rows(
      this.source.manager,
      `INSERT INTO agent_webhooks (tenant, agent_id, url, secret, position, state, attempts, due_at) VALUES ($1, $2, $3, $4, $5, 'on', 0, handoff_now())
       ON CONFLICT (tenant, agent_id) DO UPDATE
         SET url = excluded.url, secret = excluded.secret, state = 'on', error = NULL, attempts = 0, failing_since = NULL, due_at = excluded.due_at,
             claimed_by = NULL, lease_until = NULL`,
      [agent.tenant, agent.agentId, url, this.vault.seal(Buffer.from(secret), webhookName(agent)), position],
    );
    return secret;
  }

  async find({ tenant, agentId }: CallingAgent): Promise<WebhookView | null> {
    const sql = 'SELECT url, state, error FROM agent_webhooks WHERE tenant = $1 AND agent_id = $2';
    return (await rows<WebhookView>(this.source.manager, sql, [tenant, agentId]))[0] ?? null;
  }

  async remove({ tenant, agentId }: CallingAgent): Promise<void> {
    await rows(this.source.manager, 'DELETE FROM agent_webhooks WHERE tenant = $1 AND agent_id = $2', [tenant, agentId]);
  }

  /**
   * Those with something to tell, leased: without a word after `lease` they are somebody else's. What this process has still claimed it could not
   * record, and takes up at once. An agent without a key is told nothing.
   */
  async claim(process: string, lease: Seconds, limit: number): Promise<readonly ClaimedWebhook[]> {
    const claimed = await rows<ClaimedRow>(
      this.source.manager,
      `UPDATE agent_webhooks w SET claimed_by = $1, lease_until = handoff_now() + make_interval(secs => $2)
       WHERE (tenant, agent_id) IN (
         SELECT tenant, agent_id FROM agent_webhooks d
         WHERE state = 'on' AND due_at <= handoff_now() AND (lease_until IS NULL OR lease_until < handoff_now() OR claimed_by = $1)
           AND ${hasEventsAfter('d')}
           AND EXISTS (SELECT FROM agent_keys k WHERE k.tenant = d.tenant AND k.agent_id = d.agent_id AND k.revoked_at IS NULL)
         ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING tenant, agent_id, url, secret, position::text, attempts, failing_since, handoff_now() AS now`,
      [process, lease, limit],
    );
    return claimed.map((row) => this.opened(row));
  }

  /** @returns whether it was still this process's: else somebody has registered it anew, or sends to it by now */
  async record(db: EntityManager, process: string, { agent: { tenant, agentId } }: ClaimedWebhook, sent: Sent): Promise<boolean> {
    const kept = await rows(
      db,
      `UPDATE agent_webhooks SET position = $4, state = $5, error = $6, attempts = $7, claimed_by = NULL, lease_until = NULL,
         failing_since = CASE WHEN $6::text IS NULL THEN NULL ELSE coalesce(failing_since, handoff_now()) END,
         due_at = handoff_now() + make_interval(secs => $8)
       WHERE tenant = $1 AND agent_id = $2 AND claimed_by = $3 RETURNING 1`,
      [tenant, agentId, process, sent.position, sent.state, sent.error, sent.attempts, sent.retryIn],
    );
    return kept.length > 0;
  }

  /** Until one that failed is tried again; null where none waits for that. */
  async nextDueIn(): Promise<Seconds | null> {
    const [row] = await rows<{ seconds: number | null }>(
      this.source.manager,
      `SELECT extract(epoch FROM min(due_at) - handoff_now())::float8 AS seconds FROM agent_webhooks WHERE state = 'on' AND attempts > 0`,
    );
    return row?.seconds ?? null;
  }

  private opened(row: ClaimedRow): ClaimedWebhook {
    const agent = { tenant: row.tenant, agentId: row.agent_id };
    const { url, position, attempts, failing_since: failingSince, now } = row;
    return { agent, url, secret: this.secretIn(row.secret, agent), position, attempts, failingSince, now };
  }

  /** One that cannot be opened is its agent's trouble alone. */
  private secretIn(sealed: Buffer, agent: CallingAgent): string | null {
    try {
      return this.vault.open(sealed, webhookName(agent)).toString();
    } catch (error) {
      if (error instanceof UnknownDataKeyError) return null;
      throw error;
    }
  }
}

interface ClaimedRow {
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly url: string;
  readonly secret: Buffer;
  readonly position: string;
  readonly attempts: number;
  readonly failing_since: Date | null;
  readonly now: Date;
}
