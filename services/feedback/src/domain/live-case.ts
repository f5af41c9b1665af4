import type { EscalationFeedback, JsonObject, Packet, ReasonCode, RecommendationFeedback } from '@handoff/contracts';
import type { LearningCase, Moment } from '../model/cases.js';
import { textIn } from '../model/fields.js';
import { momentOf } from '../model/moment-of.js';
import { isBoundToAsk } from './hard-limit.js';

/** A labelled handoff, as the store has it. */
export interface LiveRow {
  readonly handoff_id: string;
  readonly tenant: string;
  readonly agent_id: string;
  readonly task_id: string;
  readonly reason_code: ReasonCode;
  readonly packet: Packet;
  readonly accepted_at: Date;
  readonly escalation: EscalationFeedback;
  readonly recommendation: RecommendationFeedback;
}

/** What a labelled handoff teaches; null where it says nothing of either question. */
export function liveCase(row: LiveRow): LearningCase | null {
  const { handoff_id: id, accepted_at, escalation, recommendation } = row;
  const fails = failsAlone(row);
  const { correct } = recommendation;
  if (fails === null && correct === null) return null;
  const moment = liveMoment(row);
  return {
    id,
    group: liveGroup(row, moment),
    moment,
    at: accepted_at.getTime(),
    truths: { fails_alone: fails, action_wrong: correct === null ? null : !correct },
    weights: { fails_alone: escalation.weight },
  };
}

type Whose = Pick<LiveRow, 'tenant' | 'agent_id' | 'task_id' | 'packet'>;

export const liveMoment = ({ packet, agent_id }: Pick<Whose, 'packet' | 'agent_id'>): Moment =>
  momentOf(packet as unknown as JsonObject, {}, agent_id); // a packet is JSON, of a class

/** Near copies say so themselves; else each task is of its own. */
export const liveGroup = ({ tenant, task_id }: Pick<Whose, 'tenant' | 'task_id'>, { features }: Moment): string =>
  `${tenant} ${textIn(features, 'group') || task_id}`;

/**
 * What was necessary to be asked would have failed alone. An agent that was bound to ask was right to, whatever it would have come to: that
 * says nothing here, unless a person or an outcome does.
 */
function failsAlone({ reason_code: reason, escalation: { verdict, source, weight } }: LiveRow): boolean | null {
  if (weight === 0 || verdict === 'unknown') return null;
  if (source === 'rule' && isBoundToAsk(reason)) return null;
  return verdict !== 'unnecessary';
}
