import { setTimeout as sleep } from 'node:timers/promises';
import type { Seconds } from '@handoff/contracts';
import { retryDelay } from '@handoff/store';
import { Waker } from './waker.js';

const IDLE_SECONDS: Seconds = 5;

export interface DueWork {
  /** @returns whether there may be more that is due now */
  readonly work: () => Promise<boolean>;
  /** Until more is due; null where nothing is planned. */
  readonly nextIn: () => Promise<Seconds | null>;
  /** Told of what goes wrong; it is tried again by itself. */
  readonly heldUp: (error: unknown) => void;
  /** Behind each sleep, where what comes together is worked on together. */
  readonly restMs?: number;
}

/** Works on what is due for as long as there is some, then sleeps until more is due or it is woken. Whatever goes wrong, it goes on. */
export class DueLoop {
  private readonly waker = new Waker();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly due: DueWork) {}

  start(): void {
    this.running = this.run();
  }

  wake(): void {
    this.waker.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        const isMoreDue = await this.due.work();
        failures = 0;
        if (isMoreDue) continue;
        const next = await this.due.nextIn();
        await this.waker.sleep(Math.max(0, Math.min(next ?? IDLE_SECONDS, IDLE_SECONDS)));
        if (this.due.restMs !== undefined && !this.stopping) await sleep(this.due.restMs);
      } catch (error) {
        this.due.heldUp(error);
        await sleep(retryDelay(++failures, IDLE_SECONDS) * 1000);
      }
    }
  }
}
