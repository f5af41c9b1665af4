import type { Channel, HandoffDecision, HandoffMove, HistoryLine } from '@handoff/contracts';
import { moveWords } from './move-words.js';

export interface ToldCopy {
  readonly level: number;
  readonly cycle: number;
  readonly recipient: string;
  readonly channel: Channel;
  readonly state: string;
  readonly due_at: Date;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly delivered_at: Date | null;
  readonly seen_at: Date | null;
}

export interface ToldSeen {
  readonly at: Date;
  readonly subject: string;
}

/** All that notifier keeps of one handoff. */
export interface ToldItem {
  readonly traceId: string | null;
  readonly copies: readonly ToldCopy[];
  readonly moves: readonly HandoffMove[];
  readonly decision: HandoffDecision | null;
  /** Who has had it open on the desk; for those alone who may read the audit log. */
  readonly seen: readonly ToldSeen[];
}

/** The people's side of the history: who was reached, who did what, and how it ended. */
export function tellItem({ traceId, copies, moves, decision, seen }: ToldItem, mayAudit: boolean): readonly HistoryLine[] {
  const line = { trace_id: traceId };
  return [
    ...copies.flatMap((copy) => tellCopy(copy, decision?.decided_at ?? null, mayAudit)),
    ...moves.map((move) => ({ at: move.moved_at, event: 'move', who: move.moved_by, text: moveWords(move) }) as const),
    ...seen.map(
      ({ at, subject }) => ({ at: at.toISOString(), event: 'seen', who: subject, text: `${subject} has it open on the desk` }) as const,
    ),
    ...(decision ? [tellDecision(decision)] : []),
  ].map((it) => ({ ...it, ...line }));
}

type Line = Omit<HistoryLine, 'trace_id'>;

function tellCopy(copy: ToldCopy, endedAt: string | null, mayAudit: boolean): readonly Line[] {
  const { recipient: who, channel, delivered_at, seen_at, attempts } = copy;
  const tries = attempts > 1 ? `, after ${attempts} attempts` : '';
  const delivered: readonly Line[] = delivered_at
    ? [{ at: delivered_at.toISOString(), event: 'copy', who, text: `${who} is told by ${channel}${tries}` }]
    : notDelivered(copy, endedAt, mayAudit);
  const seen: readonly Line[] = seen_at
    ? [{ at: seen_at.toISOString(), event: 'seen', who, text: `${who} has seen the copy by ${channel}` }]
    : [];
  return [...delivered, ...seen];
}

/** What an error says may name an address, or what a receiver answered. */
function notDelivered(copy: ToldCopy, endedAt: string | null, mayAudit: boolean): readonly Line[] {
  const { recipient: who, channel, state, due_at, attempts, last_error: error } = copy;
  const due = due_at.toISOString();
  const at = endedAt !== null && endedAt < due ? endedAt : due; // it was due later, and then there was no need any more
  const reason = error && mayAudit ? `: ${error}` : '';
  switch (state) {
    case 'failed':
      return [{ at, event: 'copy_failed', who, text: `${who} could not be told by ${channel}${reason}` }];
    case 'withdrawn':
      return [{ at, event: 'copy', who, text: `${who} was not told by ${channel} any more` }];
    default:
      return attempts > 0
        ? [
            {
              at,
              event: 'copy_failed',
              who,
              text: `${attempts} attempts to tell ${who} by ${channel} have failed, and it is tried again${reason}`,
            },
          ]
        : [{ at, event: 'copy', who, text: `${who} is to be told by ${channel}` }];
  }
}

function tellDecision({ type, decided_by, decided_at: at, message, sla }: HandoffDecision): Line {
  const who = decided_by.map(({ subject }) => subject).join(', ') || null;
  if (who === null) return { at, event: 'end', who, text: `The handoff has ended: ${type}` };
  const said = message ? `: ${message}` : '';
  const met = sla ? `, ${sla.met ? 'in time' : 'late'}` : '';
  return { at, event: 'decision', who, text: `${who} decided ${type}${met}${said}` };
}
