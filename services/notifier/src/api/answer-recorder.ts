import { Gatherer, Transactions, type Outcome, type Transaction } from '@handoff/bus';
import type { Channel, HandoffDecision, HandoffId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { isConnectionFault } from '@handoff/store';
import { linkTo, SpanKind, startSpan, traceparentOf, withSpan, type Span } from '@handoff/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { Answer } from '../domain/answer.js';
import { isSameAnswer } from '../domain/is-same-answer.js';
import { judgeAnswer, type Judgement } from '../domain/judge-answer.js';
import { tooLateText } from '../domain/too-late.js';
import { answersTooLate } from '../notifier.metrics.js';
import { endItems } from '../store/end-items.js';
import { holdAnswered, type Held } from '../store/hold-answered.js';
import { keepVotes, recordedVote, type RecordedVote } from '../store/keep-votes.js';
import type { SignedIn } from '../store/sessions.js';
import { problemOf } from './refusal.js';

export interface GivenAnswer {
  readonly handoffId: HandoffId;
  readonly who: SignedIn;
  readonly answer: Answer;
  /** Where it was given. */
  readonly channel: Channel;
}

/** The handoff is decided by it, or others have to agree first. */
export type Recorded =
  { readonly kind: 'decided'; readonly decision: HandoffDecision } | { readonly kind: 'voted'; readonly vote: RecordedVote };

/** With the request that brought it, which is a trace of its own. */
type TracedAnswer = GivenAnswer & { readonly request: string | null };

/** Records answers; those that arrive while others are being recorded share the next transaction. */
@Injectable()
export class AnswerRecorder {
  private readonly turns = new Gatherer<TracedAnswer, Recorded>((answers) => this.recordTurn(answers));

  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /**
   * First answer wins; where several must agree, the one that makes them enough. The same person with the same answer gets the same again.
   * @throws Problem that says why the answer was not recorded, and who was first
   */
  record(answer: GivenAnswer): Promise<Recorded> {
    return this.turns.add({ ...answer, request: traceparentOf() });
  }

  private async recordTurn(answers: readonly TracedAnswer[]): Promise<readonly Outcome<Recorded>[]> {
    const attributes = { 'handoff.answers': answers.length };
    try {
      return await withSpan('record answers', { parent: null, attributes }, () =>
        this.transactions.run((tx) => recordTogether(tx, answers)),
      );
    } catch (error) {
      if (answers.length === 1 || isConnectionFault(error)) throw error;
      const alone = await Promise.allSettled(answers.map((answer) => this.recordTurn([answer]))); // one of them spoilt it for all
      return alone.map((it) => (it.status === 'fulfilled' ? (it.value[0] ?? failing(error)) : failing(it.reason)));
    }
  }
}

/** Rows are locked first; rights, version and state are judged under that lock. */
async function recordTogether(tx: Transaction, answers: readonly TracedAnswer[]): Promise<readonly Outcome<Recorded>[]> {
  const held = await holdAnswered(
    tx,
    answers.map(({ handoffId, answer }) => ({ handoffId, version: answer.packet_version })),
  );
  const spans = answers.map((given) => beginSpan(given, held));
  const judged = judgeInTurn(answers, held);
  tx.becauseOf(
    answers.flatMap(({ handoffId }, at) =>
      judged[at]?.kind === 'ends'
        ? [{ handoffId, cause: { eventId: null, correlationId: handoffId, traceparent: traceparentOf(spans[at]) } }]
        : [],
    ),
  );
  const from = judged.map((it, at) => ({ ...it, address: answers[at]?.who.address ?? null }));
  const [ended] = await Promise.all([
    endItems(
      tx,
      from.flatMap((it) => (it.kind === 'ends' ? [it] : [])),
    ),
    keepVotes(
      tx,
      from.flatMap((it) => (it.kind === 'votes' ? [it] : [])),
    ),
  ]);
  for (const span of spans) span.end();
  const decisions = new Map([...held.decisions, ...ended.map((decision) => [decision.handoff_id, decision] as const)]);
  return answers.map((given, at) => () => outcomeOf(given, judged[at] ?? { kind: 'unknown' }, decisions));
}

/** In the order in which they came: each sees what those before it left; one that ends a handoff leaves the others of the turn too late. */
function judgeInTurn(answers: readonly GivenAnswer[], held: Held): readonly Judgement[] {
  const items = new Map(held.items);
  return answers.map(({ handoffId, who, answer, channel }) => {
    const item = items.get(handoffId);
    const own = item?.tenant === who.tenant ? item : null;
    const judged = judgeAnswer(own, (version) => held.packet(handoffId, version), who.person, answer, channel);
    if (judged.kind === 'ends') items.set(handoffId, { ...judged.item, state: 'ended' });
    if (judged.kind === 'votes') items.set(handoffId, judged.item);
    return judged;
  });
}

function outcomeOf(
  { handoffId, who, answer }: GivenAnswer,
  judged: Judgement,
  decisions: ReadonlyMap<HandoffId, HandoffDecision>,
): Recorded {
  if (judged.kind === 'version-changed') answersTooLate.inc({ reason: 'version_changed' });
  if (judged.kind === 'votes') return { kind: 'voted', vote: recordedVote(judged) };
  if (judged.kind !== 'ends' && judged.kind !== 'has-ended') throw problemOf(judged, handoffId);
  const decision = decisions.get(handoffId);
  if (!decision) throw new Problem(409, 'already_decided', `Handoff ${handoffId} has ended. Your answer was not recorded.`);
  if (judged.kind === 'ends') return { kind: 'decided', decision };
  const isOwn = decision.decided_by.some(({ subject }) => subject === who.person.subject);
  if (isOwn && isSameAnswer(decision, answer)) return { kind: 'decided', decision };
  answersTooLate.inc({ reason: 'already_decided' });
  throw new Problem(409, 'already_decided', tooLateText(decision), { decision });
}

/** In the handoff's own trace: whoever follows it from the agent on finds the person's answer there. */
function beginSpan({ handoffId, request }: TracedAnswer, { items }: Held): Span {
  const parent = items.get(handoffId)?.traceparent ?? null;
  return startSpan('decide', { kind: SpanKind.SERVER, attributes: { 'handoff.id': handoffId }, links: linkTo(request), parent });
}

const failing = (error: unknown) => (): never => {
  throw error;
};
