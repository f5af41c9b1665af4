import { actionDigest, type Action, type AgentOutcome, type TaskResult } from '@handoff/contracts';
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.js';

/**
 * How a task ended that people had decided about, with what was carried out held against what they approved.
 * @param executed what was really carried out; by default exactly what was approved, and nothing where nothing was
 */
export function outcomeOf({ decision, ...answer }: Answer, result: TaskResult, executed: Action | null = approvedIn(answer)): AgentOutcome {
  const { task_id, handoff_id, decision_id, action_digest } = decision;
  // The digest of an edited action is of what crossed the topic, where its secrets were masked.
  const digest = executed && (isDeepStrictEqual(executed, approvedIn(answer)) ? action_digest : actionDigest(executed));
  return { task_id, handoff_id, decision_id, result, ...(digest === null ? {} : { executed_digest: digest }) };
}

const approvedIn = (answer: object): Action | null => ('action' in answer ? (answer.action as Action) : null); // only what is approved has one

/** Of a task that nobody was asked about. */
export const outcomeAlone = (taskId: string, result: TaskResult, more: Partial<AgentOutcome> = {}): AgentOutcome => ({
  ...more,
  task_id: taskId as AgentOutcome['task_id'], // the agent's own name for it
  result,
});
