import type { Random } from '../random.js';
import type { Crew } from '../site/crew.js';
import type { Ground } from '../site/ground.js';
import type { Traffic } from '../drive/traffic.js';

/** Where a fault does its harm. */
export interface Site {
  readonly ground: Ground;
  readonly crew: Crew;
  readonly traffic: Traffic;
  readonly random: Random;
  /** As long as it needs; else what two minutes allow. */
  readonly isFull: boolean;
}

export interface Injected {
  /** How many times something was broken. */
  readonly times: number;
  /** Since when everything is there again, by `Date.now()`; recovery is counted from here. */
  readonly mendedAt: number;
  /** What the fault itself saw that must not be. */
  readonly broken?: readonly string[];
}

export interface Fault {
  readonly name: string;
  readonly describe: string;
  /** How often it is injected in the short run and in the full one; 0: not at all. */
  readonly short: number;
  readonly full: number;
  /** Everything must go on at most this long after the mending; null where no promise is made. */
  readonly recoversWithinMs: number | null;
  /** Breaks something and mends it, once. */
  inject(site: Site): Promise<Injected>;
}
