import type { AgentId, DecisionId, HandoffId, HandoffRouted, PersonId, TaskId, TenantId, Urgency } from '@handoff/contracts';
import type { Facts } from './facts.js';
import type { Giving } from './give/giving.js';

/** The work that handoffs belong to: packets of one task are seen together. */
export interface TaskKey {
  readonly tenant: TenantId;
  readonly agentId: AgentId;
  readonly taskId: TaskId;
}

/** A handoff as intake accepted it: what routing keeps of its packet. */
export interface Arrival extends TaskKey {
  readonly handoffId: HandoffId;
  /** Null where nothing is recommended: two packets that recommend nothing do not ask for the same. */
  readonly actionDigest: string | null;
  /** Of the action and its grounds; null where nothing is recommended, or where intake did not say. */
  readonly askDigest: string | null;
  readonly packetVersion: number;
  readonly urgency: Urgency;
  /** Null where an earlier release took it. */
  readonly facts: Facts | null;
  /** Of what is given to an agent; null where people are asked from the beginning. */
  readonly giving: Giving | null;
  /** Of an escalation: the delegation that its agent held, and asked it for. */
  readonly within: HandoffId | null;
  readonly acceptedAt: Date;
  /** Intake's own count; an older event of it changes nothing. */
  readonly intakeSequence: number;
}

/** `ending`: routing has asked for the end, which notifier records unless a person was first. `ended` absorbs everything. */
export type AssignmentState = 'open' | 'ending' | 'ended';

/** Whose turn a handoff is. */
export interface Assignment extends Arrival {
  /** Whatever is loaded later. Changes only with the first one that a duplicate follows. */
  readonly policyVersion: number;
  readonly state: AssignmentState;
  /** Of the decision; null until then. How long it is kept counts from here. */
  readonly endedAt: Date | null;
  /** Set where a person rejected the packet version that is kept here: whoever asks for the same again gets that answer. */
  readonly rejectionId: DecisionId | null;
  readonly rejectedAt: Date | null;
  /** What was said last, and holds. */
  readonly routed: HandoffRouted;
  /** Since when it is their turn: what is said again within it has a later `routed_at`. Null where an earlier release asked them. */
  readonly askedAt: Date | null;
  /** Whose turn it was before, the oldest first, for the timeline; null while it is the first one's. */
  readonly turns: readonly Turn[] | null;
  /** What its agents were told of it before this schema was restored, and are not told again. Null where it was not. */
  readonly told: readonly string[] | null;
}

/** A level, or one cycle of it, that was asked and is not any more. */
export interface Turn {
  readonly level: number;
  readonly cycle: number;
  readonly name: string;
  readonly asked: readonly PersonId[];
  readonly why: string;
  readonly at: Date | null;
  /** Where it was an agent's turn; left out by an earlier release. */
  readonly agent?: AgentId | null;
}

export const taskText = ({ tenant, agentId, taskId }: TaskKey): string => JSON.stringify([tenant, agentId, taskId]);
