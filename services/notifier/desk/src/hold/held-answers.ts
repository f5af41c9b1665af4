import type { HandoffId } from '@handoff/contracts';
import type { DecisionRequest } from '../api/desk-types.js';

/** An answer that was confirmed and can still be taken back. */
export interface HeldAnswer {
  readonly id: HandoffId;
  readonly title: string;
  readonly request: DecisionRequest;
  readonly state:
    { readonly kind: 'held'; readonly sendAt: number } | { readonly kind: 'sending' } | { readonly kind: 'failed'; readonly error: Error };
}

type Answer = Omit<HeldAnswer, 'state'>;

/** Sends each answer once its time is over, wherever its person is on the desk by then. One per handoff; gone with the page. */
export class HeldAnswers {
  private held: readonly HeldAnswer[] = [];
  private readonly timers = new Map<HandoffId, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly send: (answer: Answer) => Promise<unknown>) {}

  readonly all = (): readonly HeldAnswer[] => this.held;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  hold(answer: Answer, milliseconds: number): void {
    this.forget(answer.id);
    this.keep({ ...answer, state: { kind: 'held', sendAt: Date.now() + milliseconds } });
    this.timers.set(
      answer.id,
      setTimeout(() => void this.sendNow(answer.id), milliseconds),
    );
  }

  /** @returns false where it is too late: it is on its way. */
  takeBack(id: HandoffId): boolean {
    if (this.held.find((it) => it.id === id)?.state.kind === 'sending') return false;
    this.forget(id);
    return true;
  }

  /** At once, or once more after it failed. */
  async sendNow(id: HandoffId): Promise<void> {
    const answer = this.held.find((it) => it.id === id);
    if (!answer || answer.state.kind === 'sending') return;
    clearTimeout(this.timers.get(id));
    this.keep({ ...answer, state: { kind: 'sending' } });
    try {
      await this.send(answer);
      this.forget(id);
    } catch (error) {
      this.keep({ ...answer, state: { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) } });
    }
  }

  /** Whoever closes the page has confirmed them. */
  readonly sendAll = (): void => {
    for (const { id, state } of this.held) if (state.kind === 'held') void this.sendNow(id);
  };

  private keep(answer: HeldAnswer): void {
    this.change([...this.held.filter(({ id }) => id !== answer.id), answer]);
  }

  private forget(id: HandoffId): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.change(this.held.filter((it) => it.id !== id));
  }

  private change(held: readonly HeldAnswer[]): void {
    this.held = held;
    for (const tell of this.listeners) tell();
  }
}
