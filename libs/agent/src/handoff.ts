import type { HandoffFeedback, HandoffId, JsonObject, TaskId } from '@handoff/contracts';
import { answerOf, type Answer } from './answer.js';
import type { HandoffState, Question, Transport, Waited } from './transport.js';

export interface Waiting extends Waited {
  /** What a person wants to know before they decide: its answer in words, or null where it is to wait for another answer. */
  readonly onQuestion?: (question: Question) => Promise<string | null> | string | null;
}

/** One thing that was asked. It stays asked whatever happens to this process: find it again by `pending()`, its id, or by asking the same. */
export class Handoff {
  constructor(
    private readonly transport: Transport,
    private known: HandoffState,
  ) {}

  get id(): HandoffId {
    return this.known.handoff_id;
  }

  get taskId(): TaskId {
    return this.known.task_id;
  }

  /** As it was heard of last. */
  get state(): HandoffState {
    return this.known;
  }

  /** What people would have needed besides; the question counts all the same. */
  get warnings(): readonly { readonly message: string }[] {
    return this.known.completeness.warnings;
  }

  /** Waits for as long as it takes. Aborting ends the waiting, and takes nothing back: `withdraw` does. */
  async answer({ signal, onQuestion }: Waiting = {}): Promise<Answer> {
    const isAnswered = async (state: HandoffState): Promise<boolean> => {
      if (state.decision === null && onQuestion) await this.reply(state, onQuestion, { signal });
      return state.decision !== null;
    };
    const { decision } = await this.until(isAnswered, { signal });
    if (decision === null) throw new Error('Waiting ended without a decision.');
    const needsOriginals = (decision.unchanged ?? []).length > 0 || decision.type === 'approve';
    const sent = needsOriginals ? await this.transport.sent(this.known, decision.packet_version, { signal }) : null;
    return answerOf(this.known, decision, sent);
  }

  /** The answer if there is one by now, without waiting. */
  async answerByNow(waited: Waited = {}): Promise<Answer | null> {
    this.known = await this.transport.state(this.id, waited);
    return this.known.decision === null ? null : this.answer(waited);
  }

  /** Was asking right, was the recommendation followed. A later revision replaces this one. */
  async feedback(waited: Waited = {}): Promise<HandoffFeedback> {
    const { feedback } = await this.until(async (state) => state.feedback !== null, waited);
    if (feedback === null) throw new Error('Waiting ended without feedback.');
    return feedback;
  }

  /** Asks for an end without a decision; a decision that comes first stands. */
  async withdraw(reason: string, waited: Waited = {}): Promise<void> {
    await this.transport.reply(this.known, { reply: 'withdraw', reason }, waited);
  }

  /** Whole fields of the packet that take the place of those before. An answer to what was there before is `outdated`. */
  async addContext(context: JsonObject, waited: Waited = {}): Promise<void> {
    await this.transport.reply(this.known, { reply: 'add_context', context }, waited);
    this.known = await this.transport.state(this.id, waited);
  }

  /** To what a person wants to know before they decide. */
  async answerQuestion(questionId: string, text: string, waited: Waited = {}): Promise<void> {
    await this.transport.reply(this.known, { reply: 'answer', question_id: questionId, text }, waited);
  }

  /** Where a person has recalled the decision: what has become of it. */
  async answerRecall(reply: 'stopped' | 'already_done', text: string, waited: Waited = {}): Promise<void> {
    await this.transport.reply(this.known, { reply, text }, waited);
  }

  private async reply(state: HandoffState, answerTo: NonNullable<Waiting['onQuestion']>, waited: Waited): Promise<void> {
    for (const question of state.questions.filter(({ answer }) => answer === null)) {
      const text = await answerTo(question);
      if (text !== null) await this.answerQuestion(question.question_id, text, waited);
    }
  }

  private async until(isThere: (state: HandoffState) => Promise<boolean>, waited: Waited): Promise<HandoffState> {
    this.known = await this.transport.state(this.id, waited);
    while (!(await isThere(this.known))) {
      waited.signal?.throwIfAborted();
      this.known = await this.transport.newer(this.known, waited);
    }
    return this.known;
  }
}
