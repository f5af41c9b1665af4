import { cleanInSteps, isConnectionFault, type CleanOptions, type DataSource } from '@handoff/store';
import { Counter, type Logger } from '@handoff/telemetry';
import type { ServiceConfig } from './config.js';

/** Rows that may go, and when. */
export type Retention = Pick<CleanOptions, 'table' | 'where' | 'parameters' | 'with'>;

/** True for rows whose instant is past by as many days as the statement's one parameter says, by the database's clock. */
export const olderThanDays = (column: string): string => `${column} < (SELECT handoff_now() - make_interval(days => $1))`;

/** None where the setting is 0: such rows stay for good. */
export const keptFor = (days: number, kept: readonly Omit<Retention, 'parameters'>[]): readonly Retention[] =>
  days === 0 ? [] : kept.map((it) => ({ ...it, parameters: [days] }));

export const rowsCleaned = new Counter({
  name: 'handoff_rows_cleaned',
  help: 'Rows deleted because they were older than they need be, without what belonged to them',
  labelNames: ['table'] as const,
});

/** Replayed ones by their age; those that wait for somebody stay, unless the installation says otherwise. */
export function deadLetterRetentions({ DEAD_LETTERS_REPLAYED_DAYS, DEAD_LETTERS_DAYS }: ServiceConfig): readonly Retention[] {
  const replayed = { table: 'dead_letters', where: olderThanDays('replayed_at'), parameters: [DEAD_LETTERS_REPLAYED_DAYS] };
  const waiting = (days: number): Retention => ({
    table: 'dead_letters',
    where: `replayed_at IS NULL AND ${olderThanDays('died_at')}`,
    parameters: [days],
  });
  return DEAD_LETTERS_DAYS === undefined ? [replayed] : [replayed, waiting(DEAD_LETTERS_DAYS)];
}

/** Deletes what is older than it need be, now and then, in small steps. Every replica does; they share the rows. */
export class Cleaner {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly source: DataSource,
    private readonly retentions: readonly Retention[],
    private readonly everySeconds: number,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.working = this.working.then(() => this.clean());
    }, this.everySeconds * 1000);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.working;
  }

  private async clean(): Promise<void> {
    for (const retention of this.retentions) {
      try {
        const gone = await cleanInSteps(this.source, { ...retention, stopped: () => this.stopped });
        rowsCleaned.inc({ table: retention.table }, gone);
        if (gone > 0) this.log.info({ table: retention.table, rows: gone }, 'Deleted what was older than it need be');
      } catch (error) {
        const level = isConnectionFault(error) ? 'debug' : 'warn';
        this.log[level]({ err: error, table: retention.table }, 'Old rows could not be deleted; it is tried again next time');
      }
    }
  }
}
