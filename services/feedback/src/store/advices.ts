import type { AgentId, TaskId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Advice, Told } from '../model/choose-advice.js';

export interface KeptAdvice {
  readonly adviceId: string;
  readonly tenant: TenantId;
  readonly agentId: AgentId;
  readonly taskId: TaskId | null;
  readonly domain: string;
  readonly advice: Advice;
  readonly version: string | null;
  /** What the challenger would have said. */
  readonly shadow: (Told & { readonly version: string }) | null;
}

export async function keepAdvice(db: EntityManager, it: KeptAdvice): Promise<void> {
  const { adviceId, tenant, agentId, taskId, domain, advice, version, shadow } = it;
  await rows(db, `INSERT INTO advices VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, handoff_now())`, [
    ...[adviceId, tenant, agentId, taskId, domain, advice.ask, advice.certified, version, advice.p_fails_alone, advice.p_action_wrong],
    ...[shadow?.version ?? null, shadow?.p_fails_alone ?? null, shadow?.p_action_wrong ?? null],
  ]);
}
