import 'reflect-metadata';
import { IsIn, IsInt, IsNotEmpty, IsNumber, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import type { AgentId, DecisionId, PersonId, QuestionId, TeamId } from '../ids.js';
import {
  ASKING_VERDICTS,
  CHANNELS,
  DECISION_TYPES,
  URGENCIES,
  type AskingVerdict,
  type Channel,
  type DecisionType,
  type Urgency,
} from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, Nested, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

/**
 * While it is open: `acknowledge` ("I am on it"), `release`, `reassign`, `escalate` to the next level, `defer`, `request_info` of the agent,
 * `info_given` by it, `request_changes` of what it delivered, `ask` by whoever works on it, `answer` to that, `warning` that its work comes to the end of its terms, or is past them, `set_urgency`, `vote` where several must agree. At any time: `comment`. Once it is decided: `rate` (was asking right),
 * `recall` (asks the agent to stop), and, of what somebody took over, `done` or `hand_back`.
 */
export const MOVES = [
  'acknowledge',
  'release',
  'reassign',
  'escalate',
  'defer',
  'request_info',
  'request_changes',
  'answer',
  'info_given',
  'ask',
  'warning',
  'set_urgency',
  'vote',
  'comment',
  'rate',
  'recall',
  'done',
  'hand_back',
] as const;
export type Move = (typeof MOVES)[number];
/** What comes of agents: no person asks for it by itself. */
export const AGENTS_MOVES = ['info_given', 'ask', 'warning'] as const satisfies readonly Move[];
export type AgentsMove = (typeof AGENTS_MOVES)[number];

/** What a person writes with a move; more would not fit an event of about 1 KiB. */
export const MOST_NOTE_CHARACTERS = 500;
/** What an agent answers; the rest it adds as context. */
export const MOST_ANSWER_CHARACTERS = 1000;

/** What is to be changed for one criterion, and for how many. */
export const MOST_CHANGE_CHARACTERS = 300;
export const MOST_CHANGES = 20;

/** Whose turn it is to be. */
export class Assignee {
  @IsIn(['person', 'team']) readonly kind!: 'person' | 'team';
  @IsString() @MaxLength(40) readonly id!: PersonId | TeamId;
}

export class MovedQuestion {
  @IsUUID() readonly question_id!: QuestionId;
  @IsString() readonly asked_by!: PersonId;
}

/** One of several answers that must agree. */
export class Vote {
  @IsIn(DECISION_TYPES) readonly type!: DecisionType;
  /** Of the action as it would be carried out; null where there is none. */
  @IsOptional() @IsString() readonly action_digest!: string | null;
  /** How many say the same by now, this one included. */
  @IsInt() @Min(1) readonly agreeing!: number;
  @IsInt() @Min(1) readonly needed!: number;
}

/** Notifier's whole view of the handoff once the move was made, so that a newer move replaces an older one. */
export class DeskState {
  @IsOptional() @IsString() readonly acknowledged_by!: PersonId | null;
  @IsOptional() @IsInstant() readonly deferred_until!: string | null;
  /** The question that its agent has not answered yet. */
  @IsOptional() @IsUUID() readonly open_question!: QuestionId | null;
  /** The packet's, unless a person has set another one. */
  @IsIn(URGENCIES) readonly urgency!: Urgency;
  /** Answers to this packet version that wait for others to agree. */
  @IsInt() @Min(0) readonly votes!: number;
  /** On whose list the task is since it was taken over; null once it is done or handed back. */
  @IsOptional() @IsString() readonly holder!: PersonId | null;
}

/** What one criterion still lacks. */
export class CriterionChange {
  @IsString() @IsNotEmpty() @MaxLength(256) readonly criterion_id!: string;
  @IsString() @IsNotEmpty() @MaxLength(MOST_CHANGE_CHARACTERS) readonly text!: string;
}

/** What a delegation binds its agent to, and that is watched. */
export const TERMS = ['due_by', 'budget', 'decision_rights'] as const;
export type Term = (typeof TERMS)[number];

export class TermWarning {
  @IsIn(TERMS) readonly term!: Term;
  /** Of the time or the budget: 0.5, 0.8, or 1 where it is used up; null where the agent decided outside its rights. */
  @IsOptional() @IsNumber() readonly share!: number | null;
}

export class ToldWarning extends TermWarning {
  /** The agent that hears it; null where nobody is at work. */
  @IsOptional() @IsString() readonly agent_id!: AgentId | null;
}

export class HandoffMove extends HandoffEvent {
  @IsIn(MOVES) readonly event!: Move;
  /** A person; with `info_given`, `ask` and `warning` the agent. */
  @IsString() readonly moved_by!: PersonId;
  @IsIn(CHANNELS) readonly channel!: Channel;
  @IsInt() readonly level!: number;
  @IsInt() readonly cycle!: number;
  @IsInstant() readonly moved_at!: string;
  /** In words: the comment, question or answer itself, the result with `done`, the work done with `hand_back`, else the reason. */
  @IsOptional() @IsString() @MaxLength(MOST_ANSWER_CHARACTERS) readonly note?: string | null;
  /** With `reassign`. */
  @IsOptional() @Nested(() => Assignee) readonly to?: Assignee | null;
  /** With `defer`. */
  @IsOptional() @IsInstant() readonly until?: string | null;
  /** With `request_info`, `info_given`, `ask` and `answer`. */
  @IsOptional() @Nested(() => MovedQuestion) readonly question?: MovedQuestion | null;
  @IsOptional() @Nested(() => Vote) readonly vote?: Vote | null;
  /** With `warning`. */
  @IsOptional() @Nested(() => ToldWarning) readonly warning?: ToldWarning | null;
  /** With `request_changes`: by criterion. */
  @IsOptional() @NestedList(() => CriterionChange, MOST_CHANGES) readonly changes?: readonly CriterionChange[] | null;
  /** With `rate`: the person's answer to "should the agent have handled this itself?". */
  @IsOptional() @IsIn(ASKING_VERDICTS) readonly asking_was?: AskingVerdict | null;
  /** With what follows a decision. */
  @IsOptional() @IsUUID() readonly decision_id?: DecisionId | null;
  /** Left out by releases before 0.2. */
  @IsOptional() @Nested(() => DeskState) readonly desk?: DeskState | null;
}

export const handoffMoves = defineTopic({
  topic: 'handoff.moves',
  type: 'handoff.moves.v1',
  payload: HandoffMove,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'notifier',
  about: 'What a person does short of deciding.',
});
