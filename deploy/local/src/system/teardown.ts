/** What was started, stopped in the reverse order; one that fails to stop does not keep the others running. */
export class Teardown {
  private readonly steps: (() => Promise<void>)[] = [];
  private done: Promise<void> | null = null;

  add(stop: () => Promise<void>): void {
    this.steps.push(stop);
  }

  isRunning(): boolean {
    return this.done !== null;
  }

  /** However often it is asked, each is stopped once, and everybody who asks waits for the last. */
  async run(): Promise<void> {
    return (this.done ??= this.stopAll());
  }

  private async stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.steps.toReversed()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
  }
}
