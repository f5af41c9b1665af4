import { newId, type DecisionType, type SlaClass } from '@handoff/contracts';
import type { EntityManager } from '@handoff/store';
import type { NotificationChannel } from '../channels/channel.js';
import { bundleMessage } from '../domain/bundle-message.js';
import { groupBy } from '../domain/group-by.js';
import type { Message, Waiting } from '../domain/message.js';
import { shareOut, type Turn } from '../domain/share-out.js';
import type { NotifierConfig } from '../notifier.config.js';
import { outlinesFor, type Addressed, type Outlined } from '../store/copies.js';
import { takeTurns, type Pace } from '../store/destinations.js';
import { claimAlong, type Claimer } from '../store/notifications.js';

/** A copy that may go out now, with all that it needs. */
export interface ReadyCopy extends Addressed {
  readonly address: string;
  readonly message: Message;
  readonly channel: NotificationChannel;
}

/** What goes out as one message: a copy, or a bundle of them. */
export interface Parcel {
  readonly copies: readonly [Outlined, ...Outlined[]];
  readonly channel: NotificationChannel;
  readonly address: string;
  readonly message: Message;
  readonly bundleId: string | null;
  /** What its reader may answer; nothing to a bundle. */
  readonly answers: readonly DecisionType[];
}

export interface Packed {
  readonly parcels: readonly Parcel[];
  readonly putOff: readonly { readonly copy: ReadyCopy; readonly turn: Turn }[];
}

const MOST_IN_A_BUNDLE = 5000;

/** Copies for machines go out as they come; those for people by the pace of their destination. */
export async function pack(db: EntityManager, ready: readonly ReadyCopy[], config: NotifierConfig, by: Claimer): Promise<Packed> {
  const limited = ready.filter((copy) => paceOf(copy, config) !== null);
  const singles = ready.filter((copy) => paceOf(copy, config) === null).map(singleParcel);
  if (limited.length === 0) return { parcels: singles, putOff: [] };
  const groups = groupBy(limited, destinationOf);
  const turns = await takeTurns(
    db,
    groups.map((copies) => wantedBy(copies, config)),
  );
  const shares = groups.map((copies, at) => {
    const turn = turns[at] ?? NO_TURN;
    return { turn, ...shareOut(copies.toSorted(byDeadline), turn) };
  });
  const bundles = await Promise.all(shares.map(({ bundled }) => bundleParcel(db, bundled, config, by)));
  return {
    parcels: [...singles, ...shares.flatMap(({ single }) => single.map(singleParcel)), ...bundles.flat()],
    putOff: shares.flatMap(({ putOff, turn }) => putOff.map((copy) => ({ copy, turn }))),
  };
}

const NO_TURN: Turn = { granted: 0, nextIn: 1 };
const NO_PACE: Pace = { burst: 1, every: 1 };

function wantedBy([first, ...more]: readonly [ReadyCopy, ...ReadyCopy[]], config: NotifierConfig) {
  const { channel, address, slaClass } = first;
  return { channel: channel.channel, address, slaClass, ...(paceOf(first, config) ?? NO_PACE), messages: more.length + 1 };
}

const destinationOf = ({ channel, address, slaClass }: ReadyCopy): string => `${channel.channel} ${slaClass} ${address}`;
const byDeadline = (a: Outlined, b: Outlined): number => (a.decideBy?.getTime() ?? 0) - (b.decideBy?.getTime() ?? 0);

function paceOf({ channel, slaClass }: ReadyCopy, config: NotifierConfig): Pace | null {
  const paces: Readonly<Record<SlaClass, Pace>> = {
    critical: { burst: config.CRITICAL_BURST, every: config.CRITICAL_EVERY_SECONDS },
    normal: { burst: 1, every: config.NORMAL_EVERY_SECONDS },
  };
  return channel.isForPeople && paces[slaClass].every > 0 ? paces[slaClass] : null;
}

function singleParcel(copy: ReadyCopy): Parcel {
  const { channel, address, message, answers } = copy;
  return { copies: [copy], channel, address, message, bundleId: null, answers };
}

/** All that is due for the same person there goes along. */
async function bundleParcel(
  db: EntityManager,
  copies: readonly ReadyCopy[],
  config: NotifierConfig,
  by: Claimer,
): Promise<readonly Parcel[]> {
  const [first] = copies;
  if (!first) return [];
  const along = (await outlinesFor(db, await claimAlong(db, first.notification, MOST_IN_A_BUNDLE, by))).filter(({ ended }) => !ended);
  if (copies.length + along.length === 1) return [singleParcel(first)];
  const [soonest = first, ...others] = [...copies, ...along].toSorted(byDeadline);
  const all = [soonest, ...others] as const;
  const bundleId = newId<string>();
  const { channel, address, slaClass } = first;
  const message = bundleMessage(bundleId, slaClass, all.map(waitingOf), all.length, config.DESK_URL);
  return [{ copies: all, channel, address, bundleId, message, answers: [] }];
}

const waitingOf = ({ notification, title, urgency, decideBy }: Outlined): Waiting => ({
  handoffId: notification.handoff_id,
  title,
  urgency,
  decideBy: decideBy?.toISOString() ?? null,
});
