import { Counter, TracedHistogram } from '@handoff/telemetry';

export const decisionsMade = new Counter({ name: 'handoff_decisions', help: 'Handoffs ended', labelNames: ['type', 'urgency'] as const });
export const answersTooLate = new Counter({
  name: 'handoff_answers_too_late',
  help: 'Answers that came after the one that counts',
  labelNames: ['reason'] as const,
});
export const notificationAttempts = new Counter({
  name: 'handoff_notification_attempts',
  help: 'Attempts to reach somebody',
  labelNames: ['channel', 'result'] as const,
});
export const copiesUpdated = new Counter({
  name: 'handoff_copies_updated',
  help: 'Attempts to bring a copy up to date, or to close it',
  labelNames: ['channel', 'result'] as const,
});
/** Later copies go out later on purpose, rung by rung. 10 is the promise for what is urgent. */
export const timeToNotify = new TracedHistogram({
  name: 'handoff_time_to_notify_seconds',
  help: 'Seconds from acceptance to the first delivered copy, by the channel that got through',
  labelNames: ['channel', 'urgency'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
});
/** The policies' `ack_by` is 300 for critical and 3,600 for normal handoffs. */
export const timeToAcknowledge = new TracedHistogram({
  name: 'handoff_time_to_acknowledge_seconds',
  help: 'Seconds from asking a level to somebody\'s "I am on it"',
  labelNames: ['urgency', 'level'] as const,
  buckets: [10, 30, 60, 300, 900, 3600, 14_400],
});
export const termWarnings = new Counter({
  name: 'handoff_term_warnings',
  help: 'Delegations that came to the end of a term, by the share that was used up; none where an agent decided outside its rights',
  labelNames: ['term', 'share'] as const,
});
export const signIns = new Counter({
  name: 'handoff_sign_ins',
  help: 'People who came back from the identity provider',
  labelNames: ['result'] as const,
});
