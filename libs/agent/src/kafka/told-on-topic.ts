import { OFFER_EVENTS, type AssignmentEvent, type Delivery, type HandoffAssignment, type OfferId } from '@handoff/contracts';

/** What an agent that has just started has to go on with. */
const OPEN: readonly AssignmentEvent[] = ['offered', 'confirmed', 'changes_requested'];
const isTurn = ({ event }: HandoffAssignment): boolean => (OFFER_EVENTS as readonly AssignmentEvent[]).includes(event);

/** What this agent was told of tasks that were offered to it, in the order of its partition, where both who write it have their words. */
export class ToldOnTopic {
  private readonly told: HandoffAssignment[] = [];
  private readonly delivered = new Map<OfferId, number>();

  hear(word: HandoffAssignment): void {
    if ((word.offer_id ?? null) !== null) this.told.push(word);
  }

  hearDelivered({ offer_id, delivered_at }: Pick<Delivery, 'offer_id' | 'delivered_at'>): void {
    this.delivered.set(offer_id, Date.parse(delivered_at));
  }

  /**
   * First what is open, then each as it comes. Ends when aborted.
   * @param more resolves once something more was heard
   */
  async *words(more: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal): AsyncIterable<HandoffAssignment> {
    let at = this.told.length; // taken before the first one is handled: meanwhile others come
    yield* this.open();
    while (!signal.aborted) {
      const next = this.told[at];
      if (next) at += 1;
      if (next) yield next;
      else await more(signal).catch(unlessAborted(signal));
    }
  }

  /** Of each open offer whose turn it is, and what people have answered since. */
  private open(): readonly HandoffAssignment[] {
    const turns = new Map(this.told.flatMap((it, at) => (isTurn(it) ? [[it.offer_id, at] as const] : [])));
    return [...turns.values()].flatMap((at) => {
      const turn = this.told[at];
      if (!turn || !this.isOpen(turn)) return [];
      return [turn, ...this.told.slice(at).filter(({ event, offer_id }) => event === 'answer' && offer_id === turn.offer_id)];
    });
  }

  private isOpen({ event, offer_id, asked_at }: HandoffAssignment): boolean {
    const delivered = offer_id ? this.delivered.get(offer_id) : undefined;
    return OPEN.includes(event) && (delivered === undefined || delivered < Date.parse(asked_at));
  }
}

const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };
