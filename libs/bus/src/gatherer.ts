/** Merges what arrives while a turn is being worked on into the next turn; one turn at a time. */
export class Gatherer<Item> {
  private waiting: { readonly item: Item; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];
  private working = false;

  constructor(private readonly work: (items: readonly Item[]) => Promise<void>) {}

  /** Settles with the turn that the item is part of. */
  add(item: Item): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed });
      if (!this.working) {
        this.working = true;
        // All partitions of one poll are handed over in one go; the turn begins behind the last of them.
        setImmediate(() => void this.turn());
      }
    });
  }

  private async turn(): Promise<void> {
    while (this.waiting.length > 0) {
      const taken = this.waiting;
      this.waiting = [];
      try {
        await this.work(taken.map(({ item }) => item));
        for (const { done } of taken) done();
      } catch (error) {
        for (const { failed } of taken) failed(error);
      }
    }
    this.working = false;
  }
}
