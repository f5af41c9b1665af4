import { isDeepStrictEqual } from 'node:util';
import type { HandoffAssignment, HandoffDecision, HandoffFeedback, HandoffId, HandoffReplied } from '@handoff/contracts';
import { statusOf, withAssignment, withReply, type Progress, type Status } from './progress.js';
import { settleRequest, type DecisionRef, type PendingRequest, type Settlement } from './settle-request.js';

/** The answer as its agent reads it, and what it is made of. */
export interface Answer {
  readonly handoffId: HandoffId;
  readonly status: Status;
  readonly sequence: number;
  /** The sequence that last brought something to act on: an end, a question, a recall, a settled request, feedback. */
  readonly actSequence: number;
  readonly progress: Progress;
  readonly decision: DecisionRef | null;
  readonly feedbackRevision: number;
  readonly pending: readonly PendingRequest[];
}

/** What changed, and what is to be written beside it. */
export interface AnswerChange {
  readonly answer: Answer;
  readonly decision: HandoffDecision | null;
  readonly feedback: HandoffFeedback | null;
  readonly settled: readonly Settlement[];
  readonly act: boolean;
}

export type Told =
  | { readonly kind: 'progress'; readonly change: (progress: Progress) => Progress }
  /** Something for an agent to act on. `hasMoved`: it is news of what that agent was offered, although the task may be another's by now. */
  | { readonly kind: 'assignment'; readonly assignment: HandoffAssignment; readonly hasMoved: boolean }
  /** The agent's own word, before this schema was restored. */
  | { readonly kind: 'replied'; readonly reply: HandoffReplied }
  | { readonly kind: 'decision'; readonly decision: HandoffDecision }
  | { readonly kind: 'feedback'; readonly feedback: HandoffFeedback };

/** @returns null where it changes nothing: told before, older, or after the end */
export function tellAnswer(answer: Answer, told: Told): AnswerChange | null {
  switch (told.kind) {
    case 'progress':
      return tellProgress(answer, told.change(answer.progress));
    case 'assignment':
      return tellAssignment(answer, told);
    case 'replied':
      return tellReplied(answer, told.reply);
    case 'decision':
      return answer.decision ? null : tellDecision(answer, told.decision);
    case 'feedback':
      return answer.feedbackRevision >= told.feedback.revision ? null : tellFeedback(answer, told.feedback);
  }
}

function tellProgress(answer: Answer, progress: Progress): AnswerChange | null {
  if (same(progress, answer.progress)) return null;
  const settled = settle(answer, progress.desk_version, answer.decision);
  const next = { ...answer, progress, status: statusOf(progress, answer.decision?.type ?? null) };
  const seen = next.status !== answer.status || (answer.decision === null && !same(asAgentsSee(progress), asAgentsSee(answer.progress)));
  return changed(next, { settled, seen, act: settled.length > 0 });
}

function tellAssignment(answer: Answer, { assignment, hasMoved }: Told & { kind: 'assignment' }): AnswerChange | null {
  const progress = withAssignment(answer.progress, assignment);
  return progress === answer.progress && !hasMoved ? null : changed({ ...answer, progress }, { seen: true, act: true });
}

/** Its sequence is used: no other event may have it. */
function tellReplied(answer: Answer, reply: HandoffReplied): AnswerChange | null {
  const progress = withReply(answer.progress, reply);
  if (progress === answer.progress && answer.sequence >= reply.sequence) return null;
  const next = { ...answer, progress, sequence: Math.max(answer.sequence, reply.sequence) };
  return changed(next, { seen: false, act: false });
}

function tellDecision(answer: Answer, decision: HandoffDecision): AnswerChange {
  const settled = settle(answer, answer.progress.desk_version, decision);
  const next = { ...answer, decision, status: statusOf(answer.progress, decision.type) };
  return changed(next, { settled, decision, seen: true, act: true });
}

/** Before its decision it is kept and wakes nobody: the two come on topics of their own, and an agent acts on a decision. */
function tellFeedback(answer: Answer, feedback: HandoffFeedback): AnswerChange {
  return changed({ ...answer, feedbackRevision: feedback.revision }, { feedback, seen: true, act: answer.decision !== null });
}

const settle = ({ pending }: Answer, deskVersion: number, decision: DecisionRef | null): readonly Settlement[] =>
  pending.flatMap((request) => settleRequest(request, deskVersion, decision) ?? []);

interface Happened {
  readonly settled?: readonly Settlement[];
  readonly decision?: HandoffDecision;
  readonly feedback?: HandoffFeedback;
  readonly seen: boolean;
  readonly act: boolean;
}

function changed(next: Answer, { settled = [], decision, feedback, seen, act }: Happened): AnswerChange {
  const sequence = seen || act ? next.sequence + 1 : next.sequence;
  const gone = new Set(settled.map(({ request_id }) => request_id));
  const pending = next.pending.filter(({ request_id }) => !gone.has(request_id));
  const answer = { ...next, sequence, actSequence: act ? sequence : next.actSequence, pending };
  return { answer, decision: decision ?? null, feedback: feedback ?? null, settled, act };
}

const asAgentsSee = ({ routed }: Progress) => (routed ? { ref: routed.ref, people: routed.people } : null);

/** Both are small, and built with their keys in one order or read from jsonb, which has an order of its own. */
const same = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);
