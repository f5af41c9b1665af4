import type { AgentId, DecisionType, HandoffDecision, Packet, Seconds, SlaClass, TenantId, Urgency } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Message } from '../domain/message.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import { addressOn, consentTo, disabledBecause, type Consent } from '../domain/reach.js';
import { answersFor, isOfAsking, messageFor } from '../domain/write-message.js';
import type { NotifierConfig } from '../notifier.config.js';
import { PAUSED_CHANNELS, type ChannelPause } from './controls.js';
import { itemOf, type DeskItemRow } from './desk-items.js';
import { peopleBySubject, type ReachedPerson } from './directory.js';
import type { ClaimedNotification } from './notifications.js';

/** A notification with what is told about it and its handoff, whatever it is sent as. */
export interface Outlined<Notification extends ClaimedNotification = ClaimedNotification> {
  readonly notification: Notification;
  readonly ended: boolean;
  readonly tenant: TenantId;
  readonly title: string;
  readonly urgency: Urgency;
  /** Of the handoff as it is asked now. */
  readonly decideBy: Date | null;
  /** Until the level that this copy is of is over; null where that has passed on already, or never was. */
  readonly secondsLeft: Seconds | null;
  readonly packetVersion: number;
  readonly acceptedAt: Date | null;
  readonly agentId: AgentId | null;
  readonly traceparent: string | null;
}

/** … and with everything that sending it by itself needs. */
export interface Addressed<Notification extends ClaimedNotification = ClaimedNotification> extends Outlined<Notification> {
  readonly slaClass: SlaClass;
  /** Null: no such address; undefined: the directory has not told us of this person yet. */
  readonly address: string | null | undefined;
  readonly disabledBecause: string | null;
  readonly consent: Consent;
  /** Leads have paused its channel. */
  readonly pause: ChannelPause | null;
  /** Null: the packet is still on its way. */
  readonly message: Message | null;
  /** What its reader may answer. */
  readonly answers: readonly DecisionType[];
}

type Row = DeskItemRow & {
  readonly packet: Packet | null;
  readonly decision: HandoffDecision | null;
  readonly decide_by: Date | null;
  readonly now: Date;
};
type LoadedRow = Row & { readonly pauses: readonly ChannelPause[] | null };

export async function copiesFor<Notification extends ClaimedNotification>(
  db: EntityManager,
  due: readonly Notification[],
  config: NotifierConfig,
): Promise<readonly Addressed<Notification>[]> {
  const [found, people] = await Promise.all([
    rows<LoadedRow>(
      db,
      `SELECT d.*, p.packet, x.decision, handoff_now() AS now, ${PAUSED_CHANNELS} AS pauses FROM desk_items d
       LEFT JOIN packets p ON p.handoff_id = d.handoff_id AND p.packet_version = d.packet_version AND d.state <> 'ended'
       LEFT JOIN decisions x ON x.handoff_id = d.handoff_id AND d.state = 'ended'
       WHERE d.handoff_id = ANY($1::uuid[])`,
      [[...new Set(due.map((it) => it.handoff_id))]],
    ),
    peopleBySubject(db, [...new Set(due.map((it) => it.recipient))]),
  ]);
  const items = new Map(found.map((row) => [row.handoff_id, row]));
  return due.map((it) => addressed(it, items.get(it.handoff_id), people.get(it.recipient), config));
}

/** Of those that go out with others in one message: no packet is read for them. */
export async function outlinesFor(db: EntityManager, due: readonly ClaimedNotification[]): Promise<readonly Outlined[]> {
  const found = await rows<Omit<Row, 'packet' | 'decision'>>(
    db,
    `SELECT handoff_id, tenant, state, title, urgency, decide_by, packet_version, accepted_at, agent_id, traceparent,
       handoff_now() AS now FROM desk_items
     WHERE handoff_id = ANY($1::uuid[])`,
    [[...new Set(due.map((it) => it.handoff_id))]],
  );
  const items = new Map(found.map((row) => [row.handoff_id, row]));
  return due.map((it) => outlined(it, items.get(it.handoff_id)));
}

function outlined<Notification extends ClaimedNotification>(
  notification: Notification,
  row: Omit<Row, 'packet' | 'decision'> | undefined,
): Outlined<Notification> {
  const isCurrent = row?.routed && isOfAsking(notification, row.routed);
  return {
    notification,
    ended: row?.state === 'ended',
    tenant: row?.tenant ?? ('default' as TenantId),
    title: row?.title ?? '',
    urgency: row?.urgency ?? 'medium',
    decideBy: row?.decide_by ?? null,
    secondsLeft: isCurrent && row.decide_by ? (row.decide_by.getTime() - row.now.getTime()) / 1000 : null,
    packetVersion: row?.packet_version ?? 0,
    acceptedAt: row?.accepted_at ?? null,
    agentId: row?.agent_id ?? null,
    traceparent: row?.traceparent ?? null,
  };
}

function addressed<Notification extends ClaimedNotification>(
  notification: Notification,
  row: LoadedRow | undefined,
  person: ReachedPerson | undefined,
  config: NotifierConfig,
): Addressed<Notification> {
  const item = row && itemOf(row);
  const { handoff_id: handoffId, level, cycle, recipient, channel } = notification;
  const key = { handoffId, level, cycle, recipient };
  const isFallback = recipient === FALLBACK;
  const address = isFallback ? (config.FALLBACK_WEBHOOK_URL ?? null) : person && addressOn(person, channel);
  return {
    ...outlined(notification, row),
    slaClass: item?.routed?.sla.class ?? 'normal',
    address,
    disabledBecause: person && address ? disabledBecause(person, channel, address) : null,
    consent: person && row && item?.routed ? consentTo(person, channel, item.routed, row.now) : { kind: 'now' },
    pause: isFallback ? null : (row?.pauses?.find(({ tenant, name }) => tenant === row.tenant && name === channel) ?? null),
    message: item ? messageFor(key, item, row.packet, row.decision, config.DESK_URL) : null,
    answers: item && person && row.packet ? answersFor(key, item, row.packet, person) : [],
  };
}
