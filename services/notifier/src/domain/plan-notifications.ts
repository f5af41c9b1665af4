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

/** The agent has answered: whoever asked hears of it where the level begins. The move's own sequence stands for the cycle. */
export function newsFor(
  { handoff_id: handoffId, level, ladder }: HandoffRouted,
  recipient: PersonId,
  sequence: number,
  dueAt: string,
): readonly PlannedNotification[] {
  const first = Math.min(...ladder.map(({ after_seconds }) => after_seconds));
  const channels = ladder.filter(({ after_seconds }) => after_seconds === first).map(({ channel }) => channel);
  return channels.map((channel) => ({ handoffId, level: level.number, cycle: -sequence, recipient, channel, dueAt, after: 0 }));
}

/** Not an asking of its own, but news of one. */
export const isNews = ({ cycle, recipient }: { readonly cycle: number; readonly recipient: string }): boolean =>
  cycle < 0 && recipient !== FALLBACK;

const later = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();
