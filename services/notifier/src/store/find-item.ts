import type { Transaction } from '@handoff/bus';
import type { HandoffId, TenantId } from '@handoff/contracts';
import type { DeskItem } from '../domain/desk-item.js';
import { itemOf, type DeskItemRow } from './desk-items.js';

/** One item, locked until the transaction ends; null where the tenant has none. */
export async function findItem(tx: Transaction, tenant: TenantId, handoffId: HandoffId): Promise<DeskItem | null> {
  const [row] = await tx.rows<DeskItemRow>('SELECT * FROM desk_items WHERE handoff_id = $1 AND tenant = $2 FOR UPDATE', [
    handoffId,
    tenant,
  ]);
  return row ? itemOf(row) : null;
}
