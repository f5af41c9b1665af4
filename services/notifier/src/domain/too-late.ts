import { DECISION_TYPES, type HandoffDecision } from '@handoff/contracts';

const DONE: Readonly<Record<string, string>> = {
  approve: 'approved this',
  edit: 'approved this with edits',
  reject: 'rejected this',
  respond: 'answered this',
  take_over: 'took this over',
};

/** How it ended and when, in the same words on every channel. */
export function endedText({ type, decided_by, decided_at, message }: HandoffDecision): string {
  const at = `${decided_at.slice(0, 10)} ${decided_at.slice(11, 19)} UTC`;
  if (decided_by.length === 0 || !DECISION_TYPES.some((it) => it === type))
    return `This handoff ended as ${type} on ${at}${message ? `: ${message}` : ''}.`;
  const who = decided_by.map(({ subject }) => subject).join(' and ');
  return `${who} ${DONE[type] ?? 'decided this'} on ${at}.`;
}

/** Who was first. */
export const tooLateText = (decision: HandoffDecision): string => `${endedText(decision)} Your answer was not recorded.`;

/** What somebody hears whose answer waits for others to agree. */
export const votedText = ({ agreeing, needed }: { readonly agreeing: number; readonly needed: number }): string =>
  `Your answer counts: ${agreeing} of ${needed} say the same by now.`;
