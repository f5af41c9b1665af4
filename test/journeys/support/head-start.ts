import { setTimeout as sleep } from 'node:timers/promises';

const JITTER_MS = 5;
const SMALLEST_MS = 2;
const LARGEST_MS = 100;

/**
 * Lets two sides arrive at the same moment though one has the longer way. How long that is depends on the machine, so it is learnt
 * from who was first: the same one again, and the next correction is larger; the other one, and it is smaller.
 */
export class HeadStart {
  private milliseconds = 0;
  private step = SMALLEST_MS;
  private wasShortFirst = true;

  async race<Long, Short>(long: () => Promise<Long>, short: () => Promise<Short>): Promise<[Long, Short]> {
    const wait = this.milliseconds + (Math.random() * 2 - 1) * JITTER_MS;
    return Promise.all([long(), sleep(Math.max(0, wait)).then(short)]);
  }

  learn(isShortFirst: boolean): void {
    const factor = isShortFirst === this.wasShortFirst ? 2 : 0.5;
    this.step = Math.min(LARGEST_MS, Math.max(SMALLEST_MS, this.step * factor));
    this.wasShortFirst = isShortFirst;
    this.milliseconds = Math.max(0, this.milliseconds + (isShortFirst ? this.step : -this.step));
  }
}
