import type { Milliseconds } from '@handoff/contracts';

/** A sleep that can be cut short. A ring while nobody sleeps is kept: the next sleep ends at once. */
export class Alarm {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async sleep(longest: Milliseconds): Promise<void> {
    if (!this.rung) await this.wait(longest);
    this.rung = false;
  }

  private wait(longest: Milliseconds): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(finish, Math.max(0, Math.ceil(longest)));
      this.wake = finish;
    });
  }
}
