import type {
  DecisionId,
  HandoffAssignment,
  HandoffDecision,
  HandoffFeedback,
  HandoffId,
  JsonObject,
  Kind,
  PacketCompleteness,
  QuestionId,
  REPLY_TYPES,
  TaskId,
} from '@handoff/contracts';
import type { Ask } from './told-by-door.js';

/** What a person wants to know before they decide. */
export interface Question {
  readonly question_id: QuestionId;
  readonly question: string;
  /** Null until it is answered. */
  readonly answer: string | null;
}

/** A handoff as its agent sees it, in the words of the wire; a newer one replaces an older. */
export interface HandoffState {
  readonly handoff_id: HandoffId;
  readonly task_id: TaskId;
  readonly kind: Kind;
  /** Grows with everything that there is to act on. */
  readonly sequence: number;
  readonly packet_version: number;
  readonly completeness: PacketCompleteness;
  readonly decision: HandoffDecision | null;
  readonly feedback: HandoffFeedback | null;
  readonly questions: readonly Question[];
  /** Of a task that was given: what those who had it said of how it goes, the oldest first. Over HTTP alone. */
  readonly progress?: readonly { readonly agent_id: string; readonly text: string; readonly at: string }[];
  /** What they asked people for its sake, with the answers. Over HTTP alone. */
  readonly asks?: readonly Ask[];
  /** What was decided is to be stopped. */
  readonly recall: { readonly reason: string; readonly decision_id: DecisionId | null; readonly reply: string | null } | null;
}

export type ReplyType = (typeof REPLY_TYPES)[number];
export type Reply = { readonly reply: ReplyType } & JsonObject;

export interface Waited {
  readonly signal?: AbortSignal | undefined;
}

/** How an agent speaks with Handoff. Every method may be called again with the same arguments. */
export interface Transport {
  /** @returns once it is accepted, or was before @throws RefusedError */
  handOff(kind: Kind, sent: JsonObject, idempotencyKey: string, waited: Waited): Promise<HandoffState>;
  /** @throws RefusedError where it is not this agent's */
  state(handoffId: HandoffId, waited: Waited): Promise<HandoffState>;
  /** The state once it is newer than `seen`, or as it is after a while. */
  newer(seen: HandoffState, waited: Waited): Promise<HandoffState>;
  open(waited: Waited): Promise<readonly HandoffState[]>;
  reply(about: Pick<HandoffState, 'handoff_id' | 'task_id'>, reply: Reply, waited: Waited): Promise<void>;
  /** What this agent sent, of that version, with its secrets. */
  sent(state: HandoffState, version: number, waited: Waited): Promise<JsonObject | null>;
  /** What there is to act on of tasks that were offered: first what is open, then each as it comes. Ends when aborted. */
  assignments(signal: AbortSignal): AsyncIterable<HandoffAssignment>;
  /** Says what this agent can do, and that it is there. */
  register(abilities: JsonObject, waited: Waited): Promise<void>;
  beat(waited: Waited): Promise<void>;
  outcome(outcome: JsonObject, waited: Waited): Promise<void>;
  advice(about: JsonObject, waited: Waited): Promise<JsonObject>;
  /** @returns its SHA-256, by which it is named */
  putObject(bytes: Uint8Array, waited: Waited): Promise<string>;
  /** @throws RefusedError where what came is not what is named */
  object(sha256: string, waited: Waited): Promise<Uint8Array>;
  close(): Promise<void>;
}
