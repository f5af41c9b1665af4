import { setTimeout as pause } from 'node:timers/promises';
import { toMilliseconds, type Seconds } from '@handoff/contracts';

/** The stream says something each 15 s; one that has been silent for so long may be dead. */
const SILENT: Seconds = 30;

/** Rings when something comes on this agent's event stream. It does not say what: whoever looks then sees all that there is. */
export class Bell {
  private isOpen = false;
  private isRung = false;
  private wake: () => void = () => undefined;

  /** @param otherwise how often to look, and to try again, while there is no stream to be had */
  constructor(
    private readonly open: (signal: AbortSignal) => Promise<AsyncIterable<unknown>>,
    private readonly otherwise: Seconds,
  ) {}

  /** Until it is aborted. A stream that ends, as each one does after a while, is opened again. */
  async listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.hear(signal).catch(() => undefined); // out of reach for now: it is looked all the same
      await pause(toMilliseconds(this.otherwise), undefined, { signal }).catch(() => undefined); // aborted, which ends it
    }
    this.ring();
  }

  /** Resolves once it has rung since the last time; after a while all the same. */
  async rung(): Promise<void> {
    if (!this.isRung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, toMilliseconds(this.isOpen ? SILENT : this.otherwise));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.isRung = false;
  }

  /** At its beginning and its end, too: what was missed in between is seen by looking. */
  private async hear(signal: AbortSignal): Promise<void> {
    try {
      for await (const _ of await this.open(signal)) {
        this.isOpen = true;
        this.ring();
      }
    } finally {
      this.isOpen = false;
      this.ring();
    }
  }

  private ring(): void {
    this.isRung = true;
    this.wake();
  }
}
