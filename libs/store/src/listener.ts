import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@handoff/telemetry';
import pg from 'pg';
import { retryDelay } from './retry-delay.js';

/**
 * One connection of its own for LISTEN, shared by all who wait in this process. Reconnects by itself; what was missed meanwhile is
 * covered by the waiters' own polling, and `again` tells them to look at once.
 */
export class Listener {
  private readonly heard = new EventEmitter().setMaxListeners(0);
  private client: pg.Client | null = null;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    for (let attempt = 1; !this.stopped; attempt++) {
      const client = new pg.Client({ connectionString: this.url, application_name: `${this.channel}-listener`, keepAlive: true });
      client.on('error', () => undefined); // 'end' follows and reconnects
      client.on('notification', ({ payload }) => this.heard.emit('notified', payload ?? ''));
      try {
        await client.connect();
        await client.query(`LISTEN "${this.channel}"`);
        this.client = client;
        client.once('end', () => void this.restart());
        this.heard.emit('notified', '');
        return;
      } catch (error) {
        this.log.warn({ err: error, channel: this.channel }, 'Cannot listen to Postgres; trying again');
        await client.end().catch(() => undefined);
        await sleep(retryDelay(attempt, 5) * 1000);
      }
    }
  }

  /** Calls back with each payload; with an empty one when something may have been missed. @returns stops it */
  onNotified(callback: (payload: string) => void): () => void {
    this.heard.on('notified', callback);
    return () => this.heard.off('notified', callback);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.end().catch(() => undefined);
  }

  private async restart(): Promise<void> {
    if (!this.stopped) await this.start();
  }
}
