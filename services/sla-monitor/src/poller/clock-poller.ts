import { Transactions } from '@handoff/bus';
import type { Milliseconds } from '@handoff/contracts';
import { LOGGER, type Background, type Logger } from '@handoff/runtime';
import { Listener, retryDelay } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SlaMonitorConfig, waitsOf } from '../sla-monitor.config.js';
import { clockFailures, clocksOverdue } from '../sla-monitor.metrics.js';
import { Alarm } from './alarm.js';
import { fireDue } from './fire-due.js';
import { isEarlier, planLook } from './plan-look.js';

/** Clocks fired in one transaction; those that have just fallen due come beside the oldest where these fill it. */
const LIMIT = 200;
const BESIDE = 100;
const RETRY_CEILING_SECONDS = 5;

/** Fires clocks as they are due. Every replica runs one; which of them fires a clock is settled by the rows' locks. */
@Injectable()
export class ClockPoller implements Background {
  private readonly alarm = new Alarm();
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  /** When the next clock is due that this poller knows of, in milliseconds by the database's clock. */
  private planned = Number.POSITIVE_INFINITY;
  /** The last look left something: there is a backlog. */
  private isBehind = false;
  private unlisten = (): void => undefined;

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(SlaMonitorConfig) private readonly config: SlaMonitorConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.unlisten = this.listener.onNotified((payload) => {
      if (isEarlier(payload, this.planned)) this.alarm.ring();
    });
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unlisten();
    this.alarm.ring();
    await this.running;
  }

  /** Whatever goes wrong, it looks again: a poller that gave up would leave every handoff without its clocks. */
  private async run(): Promise<void> {
    for (let failures = 0; !this.stopped;) {
      try {
        const longest = await this.look();
        failures = 0;
        await this.alarm.sleep(longest);
      } catch (error) {
        const wait = retryDelay(++failures, RETRY_CEILING_SECONDS);
        clockFailures.inc();
        this.log.warn({ err: error, retry_in_seconds: wait }, 'Clocks cannot be looked at; what is due meanwhile fires afterwards');
        await this.alarm.sleep(wait * 1000);
      }
    }
  }

  /** @returns milliseconds until the next look */
  private async look(): Promise<Milliseconds> {
    this.planned = Number.POSITIVE_INFINITY; // what is armed from here on may be missed by this look: its word rings for the next one
    const lanes = { oldest: LIMIT, newest: this.isBehind ? BESIDE : 0 };
    const outlook = await this.transactions.run((tx) => fireDue(tx, waitsOf(this.config), lanes));
    this.isBehind = outlook.isFull;
    clocksOverdue.set(outlook.overdue);
    this.planned = outlook.next?.getTime() ?? Number.POSITIVE_INFINITY;
    return planLook(outlook, performance.now(), this.config.CLOCK_IDLE_SECONDS);
  }
}
