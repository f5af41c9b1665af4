import { fault, ok, refuse, type AgentId, type HandoffId, type Result, type TaskId } from '@handoff/contracts';

/** The open handoffs of one task that one agent has, or gave. */
export interface OpenOfTask {
  readonly task_id: TaskId;
  readonly agent_id: AgentId;
  readonly given_by: AgentId | null;
  /** How many, and one of them. */
  readonly count: number;
  readonly handoff_id: HandoffId;
}

/** A task stands for its handoff where it has exactly one that is open. */
export function chooseHandoff(taskId: TaskId, agentId: AgentId | null, open: readonly OpenOfTask[]): Result<HandoffId> {
  const mine = open.filter((it) => it.task_id === taskId && (agentId === null || it.agent_id === agentId || it.given_by === agentId));
  const count = mine.reduce((sum, it) => sum + it.count, 0);
  const [only] = mine;
  if (!only)
    return refuse(fault('task_id', 'unknown_handoff', `Task "${taskId}" has no open handoff here. Name the handoff in handoff_id.`));
  if (count > 1)
    return refuse(
      fault('task_id', 'ambiguous_task', `Task "${taskId}" has ${count} open handoffs. Name the one that is meant in handoff_id.`),
    );
  return ok(only.handoff_id);
}
