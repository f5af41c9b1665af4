import { minutes, toMilliseconds } from '@handoff/contracts';

const PER_MINUTE = 3;

/** A service that dies is started again, as its operator would; one that keeps dying is not. */
export class Revivals {
  private readonly tries = new Map<string, readonly number[]>();

  mayTry(service: string, now = Date.now()): boolean {
    const recent = (this.tries.get(service) ?? []).filter((at) => at > now - toMilliseconds(minutes(1)));
    this.tries.set(service, [...recent, now]);
    return recent.length < PER_MINUTE;
  }
}
