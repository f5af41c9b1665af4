import type { AgentId, Packet, TaskId, TaskResult, TenantId } from '@handoff/contracts';
import type { LearningCase } from '../model/cases.js';
import { liveGroup, liveMoment } from './live-case.js';

/** A task that its agent did alone, as the store has it. */
export interface AloneRow {
  readonly outcome_id: string;
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly task_id: TaskId;
  readonly result: TaskResult;
  readonly packet: Packet;
  readonly received_at: Date;
  readonly propensity: number;
  /** What its audit says; null where nobody has looked. */
  readonly is_missed: boolean | null;
}

/** All tasks of an agent that are told to have ended alike, and those of them of which an audit says otherwise. */
export interface AloneStratum {
  readonly tasks: number;
  readonly contradicted: number;
  /** How many those stand for: each for as many as its chance of being looked at was small. */
  readonly contradicted_for: number;
}

export const wentWell = ({ result }: Pick<AloneRow, 'result'>): boolean => result === 'succeeded';

/** As much as an outcome is believed where a person was asked. */
const BELIEF = 0.8;
/** One audit that stood for more would be half of what is learned of an agent. */
export const MOST_STANDS_FOR = 50;

/**
 * What it teaches: the auditor's word, and where nobody has looked, how it is told to have ended. An agent tells that of itself, so a told end counts
 * for what audits bear out: one that an audit contradicts counts for all that it stands for, and by as much less the others do. So what is
 * learned is unbiased whatever agents tell, as auditors are drawn by chance.
 */
export function aloneCase(row: AloneRow, { tasks, contradicted, contradicted_for }: AloneStratum): LearningCase {
  const fails = row.is_missed ?? !wentWell(row);
  const borneOut = Math.max(0, tasks - contradicted_for) / Math.max(1, tasks - contradicted);
  const standsFor = fails === wentWell(row) ? Math.min(MOST_STANDS_FOR, 1 / row.propensity) : borneOut;
  const moment = liveMoment(row);
  return {
    id: row.outcome_id,
    group: liveGroup(row, moment),
    moment,
    at: row.received_at.getTime(),
    truths: { fails_alone: fails, action_wrong: null },
    weights: { fails_alone: BELIEF * standsFor },
    isHearsay: row.is_missed === null,
  };
}
