import type { SlaClass } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { bundleMessage } from '../domain/bundle-message.js';
import type { BundleMessage, Waiting } from '../domain/message.js';

/** A bundle's message as things stand. */
export async function bundleNow(db: EntityManager, bundleId: string, slaClass: SlaClass, deskUrl: string): Promise<BundleMessage> {
  const [row] = await rows<{ count: number; waiting: readonly Waiting[] | null }>(
    db,
    `SELECT count(*)::int AS count, jsonb_agg(
       jsonb_build_object('handoffId', d.handoff_id, 'title', d.title, 'urgency', d.urgency, 'decideBy', d.decide_by) ORDER BY d.decide_by)
       FILTER (WHERE d.state <> 'ended') AS waiting
     FROM notifications n JOIN desk_items d USING (handoff_id) WHERE n.bundle_id = $1`,
    [bundleId],
  );
  return bundleMessage(bundleId, slaClass, row?.waiting ?? [], row?.count ?? 0, deskUrl);
}
