import type { Service } from '@handoff/contracts';
import type { Kafka } from 'kafkajs';
import type { Administrator } from '../drive/administrator.js';
import type { Traffic } from '../drive/traffic.js';
import type { Random } from '../random.js';
import type { Crew } from '../site/crew.js';
import type { Ground } from '../site/ground.js';

/** Where a fault does its harm. */
export interface Site {
  readonly ground: Ground;
  readonly crew: Crew;
  readonly traffic: Traffic;
  readonly administrator: Administrator;
  /** A client of the harness, through the same network as everybody's. */
  readonly kafka: Kafka;
  readonly random: Random;
  /**
   * Lets everything come to rest, and holds the traffic until it is told to go on.
   * @returns goes on; with the name of a topic that begins anew
   */
  readonly rest: () => Promise<(recreated: string | null) => void>;
  /** As long as it needs; else what two minutes allow. */
  readonly isFull: boolean;
}

export interface Injected {
  /** How many times something was broken. */
  readonly times: number;
  /** Since when everything is there again, by `Date.now()`; recovery is counted from here. */
  readonly mendedAt: number;
  /** Records that the fault itself sent again. */
  readonly repeats?: number;
  /** What the fault itself saw that must not be. */
  readonly broken?: readonly string[];
}

export interface Fault {
  readonly name: string;
  readonly describe: string;
  /** How often it is injected in the short run and in the full one; 0: not at all. */
  readonly short: number;
  readonly full: number;
  /** Every process must be ready again at most this long after the mending; null where no promise is made. */
  readonly recoversWithinMs: number | null;
  /** After that, until fresh packets reach people in time; longer where much waits before them. */
  readonly catchesUpWithinMs?: number;
  /** Longest time from acceptance to the first page while it goes on; left out where no promise is made. */
  readonly toldWithinMs?: number;
  /** It moves clocks, so that the services' instants say nothing about ours. */
  readonly movesClocks?: boolean;
  /** A service that forgets what people and agents told it alone, over HTTP. */
  readonly setsBack?: Service;
  /** Breaks something and mends it, once. */
  inject(site: Site): Promise<Injected>;
}

/** Back by itself within ten seconds of the return of what was away. */
export const OUTAGE_IS_OVER_WITHIN_MS = 10_000;
/** The group waits 6 s for a member that has gone without a word, and a process takes its time to start. */
export const DEATH_IS_OVER_WITHIN_MS = 30_000;

/** Outages last five seconds in the short run, a minute in the full one. */
export const outageMs = ({ isFull }: Site): number => (isFull ? 60_000 : 5000);
