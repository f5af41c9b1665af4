import type { JsonObject } from '@handoff/contracts';

/** What every worker here can do. */
export const CAPABILITY = 'faults';
export const CRITERION = 'three';

/** A task that a person gives to an agent. @param agentId null: to whoever can do it */
export const givenTask = (taskId: string, agentId: string | null): JsonObject => ({
  task_id: taskId,
  goal: `Name three suppliers of paper cups (${taskId}).`,
  success_criteria: [{ id: CRITERION, text: 'Three are named', check: 'count them' }],
  constraints: [{ kind: 'must_not', text: 'sign anything' }],
  context: 'We need 10,000 cups by May.',
  agent_target: agentId ?? { capability: CAPABILITY },
});

export const DELIVERY = {
  summary: 'Three suppliers were found.',
  output: { suppliers: ['Acme', 'Bolt', 'Cupco'] },
  criteria: [{ criterion_id: CRITERION, met: true, evidence: ['https://cups.example/list'] }],
} as const satisfies JsonObject;
