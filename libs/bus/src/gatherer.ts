import { setTimeout as sleep } from 'node:timers/promises';

/** What one item of a turn came to: gives its result, or throws what is wrong with that item alone. */
export type Outcome<Result> = () => Result;

/** Merges what arrives while a turn is being worked on into the next turn; one turn at a time. */
export class Gatherer<Item, Result = void> {
  private waiting: { readonly item: Item; readonly settle: (outcome: Outcome<Result>) => void }[] = [];
  private working = false;

  /**
   * @param work an outcome for each item, in their order; what it throws itself is told to all of the turn
   * @param restMs behind each turn, where nobody waits for the next one: it then takes more along
   */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>,
    private readonly restMs = 0,
  ) {}

  /** Settles with the turn that the item is part of. */
  add(item: Item): Promise<Result> {
    return new Promise((done, failed) => {
      const settle = (outcome: Outcome<Result>): void => {
        try {
          done(outcome());
        } catch (error) {
          failed(error as Error);
        }
      };
      this.waiting.push({ item, settle });
      if (!this.working) {
        this.working = true;
        // All partitions of one poll are handed over in one go; the turn begins behind the last of them.
        setImmediate(() => void this.turns());
      }
    });
  }

  private async turns(): Promise<void> {
    while (this.waiting.length > 0) {
      const turn = this.waiting;
      this.waiting = [];
      const outcomes = await this.work(turn.map(({ item }) => item)).catch((error: unknown) => turn.map(() => failing(error)));
      for (const [at, { settle }] of turn.entries()) settle(outcomes[at] ?? failing(new Error('A turn left one of its items out.')));
      if (this.restMs > 0) await sleep(this.restMs);
    }
    this.working = false;
  }
}

const failing = (error: unknown) => (): never => {
  throw error;
};
