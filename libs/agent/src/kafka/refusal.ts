import { handoffOutcomes, handoffReplies, type HandoffRejected } from '@handoff/contracts';
import { BusyError, RefusedError } from '../errors.js';

export type Refusal = RefusedError | BusyError;

/** What is wrong with a record, as whoever waits for it is told. */
export function refusalOf({ errors, retry_after: retryAfter }: HandoffRejected): Refusal {
  const words = errors.map(({ message }) => message).join(' ');
  return retryAfter ? new BusyError(retryAfter, words) : new RefusedError(errors[0]?.code ?? 'invalid', words, errors);
}

/** What Kafka has taken, and no call waits for any more. */
const SENT_OFF: readonly string[] = [handoffReplies.topic, handoffOutcomes.topic];

/** Whether it is about a reply or an outcome of this agent, by what the record said of itself. */
export const isOfSentOff = ({ record, agent_id: by }: HandoffRejected, agentId: string): boolean =>
  by === agentId && SENT_OFF.includes(record.topic);

export function warnOf(refusal: Refusal, { task_id: taskId, record }: HandoffRejected): void {
  process.emitWarning(`${record.topic} of task "${taskId ?? 'unknown'}": ${refusal.message}`, { type: 'HandoffRefused' });
}
