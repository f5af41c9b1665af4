import type { HandoffId, HandoffRouted, PersonId, PushChannel, Seconds } from '@handoff/contracts';

/** Nobody's own address: the one from the settings that is paged when routing is silent or nobody is on duty. */
export const FALLBACK = 'fallback';

/** One copy for one person on one channel of one asking; the five of them are its key. */
export interface PlannedNotification {
  readonly handoffId: HandoffId;
  readonly level: number;
  readonly cycle: number;
  readonly recipient: PersonId | typeof FALLBACK;
  readonly channel: PushChannel;
  /** RFC 3339, on the clock of whoever asked. */
  readonly dueAt: string;
  /** Of its rung: on our own clock it is due after that long at the latest, whatever the other one says. */
  readonly after: Seconds;
}

/** Every rung of the level's ladder for everybody who is asked, and the fallback where nobody is on duty. */
export function planNotifications(routed: HandoffRouted): readonly PlannedNotification[] {
  if (routed.event !== 'asked' || !routed.page) return [];
  const { handoff_id: handoffId, cycle, level } = routed;
  const planned = routed.ladder.flatMap(({ channel, after_seconds }) =>
    routed.asked.map((recipient) => ({
      handoffId,
      level: level.number,
      cycle,
      recipient,
      channel,
      dueAt: later(routed.routed_at, after_seconds),
      after: after_seconds,
    })),
  );
  return routed.unattended ? [...planned, fallbackFor(handoffId, level.number, cycle, routed.routed_at)] : planned;
}

export function fallbackFor(handoffId: HandoffId, level: number, cycle: number, dueAt: string): PlannedNotification {
  return { handoffId, level, cycle, recipient: FALLBACK, channel: 'webhook', dueAt, after: 0 };
}

const later = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();
