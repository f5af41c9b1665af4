import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { findWithoutClock } from './schemas.js';

const EVERY_MS = 500;

/** Looks, all the time while things are broken, for an open handoff that no clock would ever wake. */
export class ClockWatch {
  readonly found = new Set<string>();
  looks = 0;
  private isOn = true;
  private readonly loop: Promise<void>;

  constructor(private readonly db: () => Pool) {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  private async run(): Promise<void> {
    for (; this.isOn; await sleep(EVERY_MS)) {
      try {
        for (const id of await findWithoutClock(this.db())) this.found.add(id);
        this.looks++;
      } catch {
        continue; // the database is what is broken just now
      }
    }
  }
}
