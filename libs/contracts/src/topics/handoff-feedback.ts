import 'reflect-metadata';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import type { AgentId, DecisionId, TaskId } from '../ids.js';
import { ASKING_VERDICTS, type AskingVerdict } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, Nested } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export const LABEL_SOURCES = ['person', 'rule', 'audit', 'outcome'] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

export const RECOMMENDATION_VERDICTS = ['followed', 'followed_with_edits', 'overridden', 'not_applicable'] as const;
export type RecommendationVerdict = (typeof RECOMMENDATION_VERDICTS)[number];

export class EscalationFeedback {
  @IsIn(ASKING_VERDICTS) readonly verdict!: AskingVerdict;
  @IsIn(LABEL_SOURCES) readonly source!: LabelSource;
  /** How much this label counts in training, 0 to 1. */
  @IsNumber() @Min(0) @Max(1) readonly weight!: number;
}

export class RecommendationFeedback {
  @IsIn(RECOMMENDATION_VERDICTS) readonly verdict!: RecommendationVerdict;
  /** Followed is not the same as correct: only an outcome says that. */
  @IsOptional() @IsBoolean() readonly correct!: boolean | null;
  @IsIn(LABEL_SOURCES) readonly source!: LabelSource;
  /** Share of the recommended arguments that the person changed, 0 to 1. */
  @IsOptional() @IsNumber() readonly edit_distance!: number | null;
}

export class HandoffFeedback extends HandoffEvent {
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  @IsUUID() readonly decision_id!: DecisionId;
  /** From 1; a later one replaces an earlier one. */
  @IsInt() @Min(1) readonly revision!: number;
  @Nested(() => EscalationFeedback) readonly escalation!: EscalationFeedback;
  @Nested(() => RecommendationFeedback) readonly recommendation!: RecommendationFeedback;
  /** One sentence for the agent's author. */
  @IsString() readonly note!: string;
  @IsInstant() readonly at!: string;
}

export const handoffFeedback = defineTopic({
  topic: 'handoff.feedback',
  type: 'handoff.feedback.v1',
  payload: HandoffFeedback,
  key: 'agent_id',
  retention: days(30),
  writtenBy: 'feedback',
  readOutside: ['agents'],
  about: 'Was asking right, was the recommendation right.',
});
