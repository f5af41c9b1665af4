import type { JsonObject } from '@handoff/contracts';

/** Who works here. */
export const AGENTS = ['faults-refunds', 'faults-claims', 'faults-travel'] as const;
/** What each of them can do. */
export const CAPABILITY = 'faults';
export const CRITERION = 'three';

/** What a task may cost, in a unit that agents here tell of. */
const BUDGET = { limit: 10, unit: 'calls' };
/** More than it may. */
export const SPENT = { value: 11, unit: BUDGET.unit };

export interface GivenTo {
  /** Null: to whoever can do it. */
  readonly agentId: string | null;
  /** Null: it does not matter when. */
  readonly dueBy: string | null;
}

/** A task that a person gives to an agent. */
export const givenTask = (taskId: string, { agentId, dueBy }: GivenTo): JsonObject => ({
  task_id: taskId,
  goal: `Name three suppliers of paper cups (${taskId}).`,
  success_criteria: [{ id: CRITERION, text: 'Three are named', check: 'count them' }],
  constraints: [{ kind: 'must_not', text: 'sign anything' }],
  context: 'We need 10,000 cups by May.',
  agent_target: agentId ?? { capability: CAPABILITY },
  budget: BUDGET,
  ...(dueBy === null ? {} : { due_by: dueBy }),
});

/** What whoever holds such a task asks people on the way. */
export const askedWithin = (
  { taskId, handoffId }: { readonly taskId: string; readonly handoffId: string },
  agentId: string,
): JsonObject => ({
  task_id: taskId,
  agent: { id: agentId },
  parent: { task_id: taskId, handoff_id: handoffId },
  original_request: `Name three suppliers of paper cups (${taskId}).`,
  steps_completed: ['Two were found.'],
  current_state: 'The third one wants a deposit.',
  reason_for_escalation: { code: 'authority_limit', text: 'A deposit is beyond what I may promise.' },
  recommended_action: { kind: 'tool_call', name: 'pay_deposit', args: { supplier: 'Cupco', amount: 50 } },
  urgency: 'medium',
  data_links: [],
});

/** Of what an agent keeps while it works, as every worker here reads it. */
export const STATE_FORM = 'faults/cups/1';

/** A task that an agent passes on. @param to null: whoever can do it */
export const passedOn = (taskId: string, from: string, to: string | null): JsonObject => ({
  task_id: taskId,
  from,
  to: to ?? { capability: CAPABILITY },
  goal: `Name three suppliers of paper cups (${taskId}).`,
  results: ['Acme sells them.'],
  provenance: [{ result_id: '1', source: 'https://cups.example/list' }],
  accumulated_state: { schema_id: STATE_FORM, value: { found: ['Acme'] } },
  remaining: ['Find two more.'],
  decisions: [],
  constraints: [],
});

export const DELIVERY = {
  summary: 'Three suppliers were found.',
  output: { suppliers: ['Acme', 'Bolt', 'Cupco'] },
  criteria: [{ criterion_id: CRITERION, met: true, evidence: ['https://cups.example/list'] }],
} as const satisfies JsonObject;
