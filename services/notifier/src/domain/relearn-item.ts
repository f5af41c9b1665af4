import type { AgentId, HandoffDecision, HandoffMove, HandoffNotified } from '@handoff/contracts';
import { isSamePlace, type DeskItem } from './desk-item.js';
import { holderBy } from './end-item.js';
import { assigns } from './moved-event.js';
import { NO_TERMS } from './terms.js';

/** Each gives the item as one of our own events left it; null where the item shows that the event is known. */

export function withDecision(item: DeskItem, decision: HandoffDecision): DeskItem | null {
  if (item.state === 'ended') return null;
  const { sequence } = decision;
  const holder = sequence > item.sequence ? holderBy(decision) : item.holder; // it may have been done or handed back since
  return { ...item, state: 'ended', holder, sequence: Math.max(item.sequence, sequence) };
}

/** Of what waits for others to agree, the number alone is told: those answers are to be given again. */
export function withMove(item: DeskItem, move: HandoffMove): DeskItem | null {
  if (move.sequence <= item.sequence) return null;
  const { event, desk, question, moved_by: by, moved_at: at, level, cycle } = move;
  const sequence = move.sequence + (assigns(move) ? 1 : 0); // what its agent was asked came after it
  const next = {
    ...item,
    sequence,
    terms: termsAfter(item, move),
    ...(event === 'recall' ? { recall: { state: 'asked' as const, by, at, text: null } } : {}),
  };
  if (!desk) return next;
  const isOfItsPlace =
    item.routed !== null && isSamePlace(item.routed, { ...item.routed, level: { ...item.routed.level, number: level }, cycle });
  return {
    ...next,
    asks: asksAfter(item, move),
    holder: desk.holder,
    urgencySet: event === 'set_urgency' ? desk.urgency : item.urgencySet,
    question:
      event === 'request_info' && question
        ? { questionId: question.question_id, askedBy: question.asked_by, level }
        : desk.open_question
          ? item.question
          : null,
    ...(isOfItsPlace
      ? {
          acknowledgedBy: desk.acknowledged_by,
          acknowledgedAt: event === 'acknowledge' ? at : desk.acknowledged_by && item.acknowledgedAt,
          deferredUntil: desk.deferred_until,
        }
      : {}),
  };
}

function termsAfter({ terms }: DeskItem, { warning, note, moved_at: at, sequence }: HandoffMove): DeskItem['terms'] {
  if (!warning) return terms;
  const { warned, ...rest } = terms ?? NO_TERMS;
  const { term, share } = warning;
  return { ...rest, warned: [...warned, { term, share, text: note ?? '', at, sequence }] };
}

function asksAfter({ asks }: DeskItem, { event, question, note, moved_by }: HandoffMove): DeskItem['asks'] {
  if (!question) return asks;
  const others = asks.filter(({ questionId }) => questionId !== question.question_id);
  if (event === 'answer') return others;
  const askedBy = moved_by as string as AgentId; // of this move, the contract says, it is the agent
  return event === 'ask' ? [...others, { questionId: question.question_id, askedBy, text: note ?? '' }] : asks;
}

export function withNotified(item: DeskItem, { sequence }: HandoffNotified): DeskItem | null {
  return sequence <= item.sequence ? null : { ...item, sequence };
}
