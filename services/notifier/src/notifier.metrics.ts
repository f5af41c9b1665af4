import { Counter, Histogram } from '@handoff/telemetry';

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
/** From acceptance to the first delivered copy of level 1. Labels: `channel`; never an id. */
export const timeToNotify = new Histogram({
  name: 'handoff_time_to_notify_seconds',
  help: 'Seconds from acceptance to a delivered copy at the first level',
  labelNames: ['channel'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
});
export const signIns = new Counter({
  name: 'handoff_sign_ins',
  help: 'People who came back from the identity provider',
  labelNames: ['result'] as const,
});
