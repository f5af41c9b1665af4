import type { HandoffId, TaskId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

export async function taskOf(db: EntityManager, tenant: TenantId, handoffId: HandoffId): Promise<TaskId | null> {
  const [item] = await rows<{ task_id: TaskId | null }>(db, 'SELECT task_id FROM desk_items WHERE handoff_id = $1 AND tenant = $2', [
    handoffId,
    tenant,
  ]);
  return item?.task_id ?? null;
}
