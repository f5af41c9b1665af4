import { assertNever, type Clock, type HistoryLine } from '@handoff/contracts';
import { traceIdOf } from '@handoff/telemetry';
import type { KeptSaid } from './keep-said.js';
import type { ArmedClock, WatchedHandoff } from './watch.js';

export type TimedClock = ArmedClock & { readonly armed_at: Date };

const NAMES: Readonly<Record<Clock, string>> = {
  route_by: 'until somebody is asked',
  ack_by: 'until somebody is on it',
  decide_by: 'until it is decided',
  info_by: 'until the agent has answered',
  expires_at: 'until the packet expires',
  lease_by: 'until the agent that has it is heard of',
  due_by: 'until the work is needed',
};

/** What the clocks have said, which of them run, and whether the SLA was met. */
export function tellClocks(handoff: WatchedHandoff, clocks: readonly TimedClock[]): readonly HistoryLine[] {
  const line = { who: null, trace_id: traceIdOf(handoff.traceparent) };
  return [
    ...clocks.map((clock): HistoryLine => ({ ...line, at: clock.armed_at.toISOString(), event: 'clock', text: armed(clock) })),
    ...(handoff.said ?? []).map((said): HistoryLine => ({
      ...line,
      at: said.at,
      event: isLate(said) ? 'late' : 'clock',
      text: wordsOf(said),
    })),
    ...[...result(handoff), ...dueResult(handoff)].map((it): HistoryLine => ({ ...line, ...it })),
  ];
}

const armed = ({ clock, share, due_at }: ArmedClock): string =>
  share < 1
    ? `A warning is set for ${due_at.toISOString()}, at ${Math.round(share * 100)} % of the time ${NAMES[clock]}`
    : `The clock runs to ${due_at.toISOString()} ${NAMES[clock]}`;

const isLate = ({ event }: KeptSaid): boolean => event === 'breached' || event === 'unrouted' || event === 'lapsed';

function wordsOf({ event, clock, level, cycle, share, due_at }: KeptSaid): string {
  const turn = `level ${level}${cycle > 1 ? `, cycle ${cycle}` : ''}`;
  switch (event) {
    case 'warning':
      return `${Math.round((share ?? 0) * 100)} % of the time ${clock === 'due_by' ? NAMES[clock] : `of ${turn}`} has passed`;
    case 'breached':
      if (clock === 'due_by') return `The time ${NAMES[clock]} was over at ${due_at}, and nothing was delivered`;
      return `The time of ${turn} was over at ${due_at}, without a decision`;
    case 'unrouted':
      return `Nobody was asked by ${due_at}; the fallback is paged`;
    case 'lapsed':
      return clock === 'ack_by' ? `Nobody of ${turn} was on it by ${due_at}` : `The time ${NAMES[clock]} was over at ${due_at}`;
    case 'paused':
      return `The clocks of ${turn} wait for the agent, until ${due_at} at the latest`;
    case 'resumed':
      return `The clocks of ${turn} run again, to ${due_at}`;
    case 'result':
      return 'The result of the SLA was said';
    default:
      return assertNever(event);
  }
}

type Result = Pick<HistoryLine, 'at' | 'event' | 'text'>;

function result({ met, decided_at: at, sla_due_at: due, sla_class: of }: WatchedHandoff): readonly Result[] {
  if (met === null || at === null) return [];
  const text = `The SLA (${of ?? 'unknown'}) was ${met ? 'met' : 'missed'}; it was due at ${due?.toISOString() ?? 'no instant'}`;
  return [{ at: at.toISOString(), event: met ? 'clock' : 'late', text }];
}

function dueResult({ due_met: met, due_by: due, ended_at: at }: WatchedHandoff): readonly Result[] {
  if (met === null || at === null) return [];
  const text = `The work was ${met ? 'delivered in time' : 'late'}; it was due by ${due?.toISOString() ?? 'no instant'}`;
  return [{ at: at.toISOString(), event: met ? 'clock' : 'late', text }];
}
