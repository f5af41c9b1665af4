import type { TaskKey } from '../domain/assignment.js';

/** Tasks as the three arrays that `unnest` takes. */
export function columnsOf(tasks: readonly TaskKey[]): readonly [readonly string[], readonly string[], readonly string[]] {
  return [tasks.map(({ tenant }) => tenant), tasks.map(({ agentId }) => agentId), tasks.map(({ taskId }) => taskId)];
}
