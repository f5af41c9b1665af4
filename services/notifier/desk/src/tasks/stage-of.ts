import type { DeskSummary } from '../api/desk-types.js';

/** How far a task has come that was given to an agent, those first that wait for people. */
export const STAGES = ['asks', 'escalated', 'delivered', 'nobody', 'sent_back', 'working', 'offered'] as const;
export type Stage = (typeof STAGES)[number];

export function stageOf({
  state,
  asks,
  waits_for,
  agent,
  turn,
}: Pick<DeskSummary, 'state' | 'asks' | 'waits_for' | 'agent' | 'turn'>): Stage {
  if (state !== 'with_agent') return agent ? 'delivered' : 'nobody';
  if (asks.length > 0) return 'asks';
  if (waits_for.length > 0) return 'escalated';
  if (turn === 'offered') return 'offered';
  return (agent?.round ?? 1) > 1 ? 'sent_back' : 'working';
}

/** Tasks by how far they have come; a stage that none is at is left out. */
export function byStage(tasks: readonly DeskSummary[]): readonly (readonly [Stage, readonly DeskSummary[]])[] {
  return STAGES.map((stage) => [stage, tasks.filter((task) => stageOf(task) === stage)] as const).filter(([, found]) => found.length > 0);
}
