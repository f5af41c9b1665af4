import { Counter, TracedHistogram } from '@handoff/telemetry';

export const handoffsAccepted = new Counter({
  name: 'handoff_accepted',
  help: 'Packets that were valid and new. Labels: `door` (kafka, http), `urgency`',
  labelNames: ['door', 'urgency'] as const,
});
export const handoffsRepeated = new Counter({
  name: 'handoff_repeated',
  help: 'Packets that were known already, by the rule that knew them',
  labelNames: ['door', 'rule'] as const,
});
/** A record with three faults of two codes counts once under each of the two. */
export const recordsRejected = new Counter({
  name: 'handoff_rejected',
  help: 'Refused records and requests, by fault code',
  labelNames: ['door', 'code'] as const,
});
export const requestsAsked = new Counter({
  name: 'handoff_requests_asked',
  help: 'Withdrawals and additions of context that agents asked for',
  labelNames: ['type'] as const,
});
export const requestsSettled = new Counter({
  name: 'handoff_requests_settled',
  help: 'Requests that were applied or came too late',
  labelNames: ['type', 'state'] as const,
});
export const webhooksSent = new Counter({
  name: 'handoff_agent_webhooks_sent',
  help: 'Events sent to agents’ webhooks, by what came of it: delivered, refused, failed, gone, forbidden',
  labelNames: ['result'] as const,
});
export const secondsToAccepted = new TracedHistogram({
  name: 'handoff_time_to_accepted_seconds',
  help: "Seconds from the agent's record to its acceptance",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
});
