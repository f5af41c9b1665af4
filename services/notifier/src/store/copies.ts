import type { Packet, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { handoffCopy, type HandoffCopy } from '../domain/handoff-copy.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import type { NotifierConfig } from '../notifier.config.js';
import { itemOf, type DeskItemRow } from './desk-items.js';
import { peopleBySubject, type DirectoryPerson } from './directory.js';
import type { ClaimedNotification } from './notifications.js';

/** A notification with everything that sending it needs. */
export interface Addressed {
  readonly notification: ClaimedNotification;
  /** Null: no such address; undefined: the directory has not told us of this person yet. */
  readonly address: string | null | undefined;
  /** Null: the packet is still on its way. */
  readonly copy: HandoffCopy | null;
  readonly ended: boolean;
  readonly tenant: TenantId;
  readonly packetVersion: number;
  readonly acceptedAt: Date | null;
  readonly traceparent: string | null;
}

type Row = DeskItemRow & { readonly packet: Packet | null };

export async function copiesFor(
  db: EntityManager,
  due: readonly ClaimedNotification[],
  config: NotifierConfig,
): Promise<readonly Addressed[]> {
  const ids = [...new Set(due.map((it) => it.handoff_id))];
  const [found, people] = await Promise.all([
    rows<Row>(
      db,
      `SELECT d.*, p.packet FROM desk_items d LEFT JOIN packets p ON p.handoff_id = d.handoff_id AND p.packet_version = d.packet_version
       WHERE d.handoff_id = ANY($1::uuid[])`,
      [ids],
    ),
    peopleBySubject(db, [...new Set(due.map((it) => it.recipient))]),
  ]);
  const items = new Map(found.map((row) => [row.handoff_id, row]));
  return due.map((notification) => addressed(notification, items.get(notification.handoff_id), people.get(notification.recipient), config));
}

function addressed(
  notification: ClaimedNotification,
  row: Row | undefined,
  person: DirectoryPerson | undefined,
  config: NotifierConfig,
): Addressed {
  const item = row && itemOf(row);
  const kind = notification.recipient !== FALLBACK ? 'asked' : item?.routed?.unattended ? 'unattended' : 'unrouted';
  const ofPerson = person && (person.addresses.find((it) => it.channel === notification.channel)?.address ?? null);
  return {
    notification,
    address: notification.recipient === FALLBACK ? (config.FALLBACK_WEBHOOK_URL ?? null) : ofPerson,
    copy:
      item?.accepted && row?.packet
        ? handoffCopy(kind, notification.handoff_id, item.accepted, row.packet, item.routed, config.DESK_URL)
        : null,
    ended: item?.state === 'ended',
    tenant: row?.tenant ?? ('default' as TenantId),
    packetVersion: row?.packet_version ?? 0,
    acceptedAt: row?.accepted_at ?? null,
    traceparent: row?.traceparent ?? null,
  };
}
