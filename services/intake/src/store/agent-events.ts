import type { Transaction } from '@handoff/bus';
import { inTransaction, rows, type EntityManager } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentEvent, HeardEvent } from '../domain/agent-event.js';
import type { CallingAgent } from './agent-keys.js';

/** In the transaction that records what was heard. Agents without a key read topics. */
export async function keepEvents(tx: Transaction, heard: readonly HeardEvent[]): Promise<void> {
  if (heard.length === 0) return;
  await tx.rows(
    `INSERT INTO agent_events (tenant, agent_id, handoff_id, kind, said, heard_at)
     SELECT h.tenant, told.agent_id, h.handoff_id, e.kind, e.said, clock.at
     FROM jsonb_to_recordset($1::jsonb) AS e (handoff_id uuid, agent_id text, kind text, said jsonb) JOIN handoffs h USING (handoff_id),
          LATERAL (SELECT coalesce(e.agent_id, h.agent_id) AS agent_id UNION SELECT h.given_by WHERE e.kind = 'decision') AS told,
          (SELECT handoff_now() AS at) AS clock
     WHERE EXISTS (SELECT FROM agent_keys k WHERE k.tenant = h.tenant AND k.agent_id = told.agent_id AND k.revoked_at IS NULL)`,
    [JSON.stringify(heard)],
  );
}

/** How many get their positions at a time. */
const AT_ONCE = 500;

/** A decision and feedback are as the handoff has them by now: a newer one has taken the older one's place. */
const DATA = `CASE e.kind WHEN 'decision' THEN h.decision WHEN 'feedback' THEN h.feedback
  ELSE coalesce(e.said, jsonb_build_object('handoff_id', h.handoff_id, 'task_id', h.task_id, 'sequence', h.sequence)) END`;

@Injectable()
export class AgentEvents {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** The next ones, oldest first. After a position that is not here, as after a restore, all that is kept comes again. */
  read(agent: CallingAgent, after: string, limit: number): Promise<readonly AgentEvent[]> {
    return this.inOrder(agent, async (db, newest) =>
      rows<AgentEvent>(
        db,
        `SELECT e.position, e.kind, ${DATA} AS data FROM agent_events e JOIN handoffs h USING (handoff_id)
         WHERE e.tenant = $1 AND e.agent_id = $2 AND e.position > $3 ORDER BY e.position LIMIT $4`,
        [agent.tenant, agent.agentId, BigInt(after) > BigInt(newest) ? '0' : after, limit],
      ),
    );
  }

  /** Of this agent's; '0' where there is none. */
  newest(agent: CallingAgent): Promise<string> {
    return this.inOrder(agent, async (_, newest) => newest);
  }

  /**
   * One reader of an agent's events after the other, so that whoever has read up to a position never misses a lower one. Positions are
   * microseconds: a sequence goes back with a restored schema, and would give one again that its agent has heard.
   */
  private inOrder<T>({ tenant, agentId }: CallingAgent, work: (db: EntityManager, newest: string) => Promise<T>): Promise<T> {
    return inTransaction(this.source, async (db) => {
      await rows(db, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`events of ${tenant} ${agentId}`]);
      await rows(
        db,
        `WITH newest AS MATERIALIZED (
           SELECT greatest(max(position), (extract(epoch FROM handoff_now()) * 1000000)::bigint) AS position
           FROM agent_events WHERE tenant = $1 AND agent_id = $2)
         UPDATE agent_events e SET position = newest.position + n.at FROM newest, (
           SELECT number, row_number() OVER (ORDER BY number) AS at FROM agent_events
           WHERE tenant = $1 AND agent_id = $2 AND position IS NULL ORDER BY number LIMIT ${AT_ONCE}) AS n
         WHERE e.number = n.number`,
        [tenant, agentId],
      );
      const [last] = await rows<{ newest: string }>(
        db,
        'SELECT coalesce(max(position), 0)::text AS newest FROM agent_events WHERE tenant = $1 AND agent_id = $2',
        [tenant, agentId],
      );
      return work(db, last?.newest ?? '0');
    });
  }
}

/** SQL that is true where agent `alias` has events that come after its position. */
export const hasEventsAfter = (alias: string): string =>
  `EXISTS (SELECT FROM agent_events e WHERE e.tenant = ${alias}.tenant AND e.agent_id = ${alias}.agent_id
    AND (e.position > ${alias}.position OR e.position IS NULL))`;
