import { inTransaction, isConnectionFault, PLAN_FOR_TABLES, rows, type DataSource } from '@handoff/store';
import { Gauge, type Logger } from '@handoff/telemetry';

/** Something that should never be, and the rows that are it. */
export interface Audit {
  /** One word of a closed list: a label. */
  readonly finding: string;
  /** A query whose rows are what was found; on an index, as it is asked again and again. The clock belongs in a sub-select there. */
  readonly rows: string;
  readonly parameters?: readonly number[];
}

const LOOK_EVERY_MS = 15_000;
/** More are not counted: the cost has a bound even where everything is wrong. */
const MOST = 10_000;
const UNPUBLISHED_SECONDS = 60;

const findings = new Gauge({
  name: 'handoff_audit_findings',
  help: `What should never be, by finding; counted up to ${MOST}`,
  labelNames: ['finding'] as const,
});
const heartbeat = new Gauge({
  name: 'handoff_audit_heartbeat_seconds',
  help: 'Unix time of the last audit that was completed; one that stops is an audit that is not well',
});

/** What every schema has: events that nobody sends, and records that nobody could take. */
const OF_EVERY_SERVICE: readonly Audit[] = [
  {
    finding: 'unpublished',
    // The ids are UUIDs of version 7, so the primary key has the oldest first, and a table that was emptied often is not walked through.
    rows: `SELECT 1 FROM (SELECT created_at FROM outbox ORDER BY id LIMIT ${MOST}) AS oldest
           WHERE created_at < (SELECT handoff_now() - make_interval(secs => ${UNPUBLISHED_SECONDS}))`,
  },
  // What was refused is its agent's to send again.
  { finding: 'dead_letters', rows: 'SELECT 1 FROM dead_letters WHERE replayed_at IS NULL AND NOT refused' },
];

/** Counts what should never be. Every replica does, by itself: the counts are cheap, and each one's figures are fresh. */
export class Auditor {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly own: readonly Audit[],
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    this.timer ??= setInterval(() => {
      this.working = this.working.then(() => this.look());
    }, LOOK_EVERY_MS);
    await this.look();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.working;
  }

  private async look(): Promise<void> {
    try {
      for (const audit of [...OF_EVERY_SERVICE, ...this.own]) findings.set({ finding: audit.finding }, await this.count(audit));
      heartbeat.setToCurrentTime();
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, 'The audit was not completed; it is tried again in 15 seconds');
    }
  }

  private async count({ rows: query, parameters = [] }: Audit): Promise<number> {
    const counting = `SELECT count(*)::int AS found FROM (SELECT * FROM (${query}) AS wrong LIMIT ${MOST}) AS some_of_them`;
    return inTransaction(this.source, async (db) => {
      const [, [row]] = await Promise.all([rows(db, PLAN_FOR_TABLES), rows<{ found: number }>(db, counting, parameters)]);
      return row?.found ?? 0;
    });
  }
}
