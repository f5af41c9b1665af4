import { databaseNow, inTransaction, isConnectionFault, PLAN_FOR_TABLES, rows, type DataSource } from '@handoff/store';
import { Gauge, type Logger } from '@handoff/telemetry';
import { setMeasured, type Measure, type MeasuredRow } from './measure.js';

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

const clockAhead = new Gauge({
  name: 'handoff_clock_ahead_seconds',
  help: 'How far the clock of this process is ahead of the database’s, by which everything is timed; a round trip more or less',
});

const outboxAge = new Gauge({
  name: 'handoff_outbox_oldest_seconds',
  help: 'Age of the oldest event that was committed and that Kafka has not acknowledged; 0 where there is none. Of replicas, the maximum counts',
});

const MEASURES_OF_EVERY_SERVICE: readonly Measure[] = [
  {
    gauge: outboxAge,
    rows: `SELECT greatest(extract(epoch FROM (SELECT handoff_now()) - created_at), 0)::float8 AS value
           FROM (SELECT created_at FROM outbox ORDER BY id LIMIT 1) AS oldest`,
  },
];

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

/**
 * Counts what should never be, and measures how much there is. Every replica does, by itself: the queries are cheap, and each one's figures
 * are fresh. As all of them say the same, a sum over replicas means nothing; the maximum does.
 */
export class Auditor {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly own: readonly Audit[],
    private readonly measures: readonly Measure[],
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
      for (const measure of [...MEASURES_OF_EVERY_SERVICE, ...this.measures]) setMeasured(measure, await this.read(measure.rows));
      await this.compareClocks();
      heartbeat.setToCurrentTime();
    } catch (error) {
      this.log[isConnectionFault(error) ? 'debug' : 'warn']({ err: error }, 'The audit was not completed; it is tried again in 15 seconds');
    }
  }

  private async compareClocks(): Promise<void> {
    const asked = Date.now();
    const now = await databaseNow(this.source.manager);
    clockAhead.set(((asked + Date.now()) / 2 - now.getTime()) / 1000);
  }

  private async count({ rows: query, parameters = [] }: Audit): Promise<number> {
    const counting = `SELECT count(*)::int AS found FROM (SELECT * FROM (${query}) AS wrong LIMIT ${MOST}) AS some_of_them`;
    const [row] = await this.read<{ found: number }>(counting, parameters);
    return row?.found ?? 0;
  }

  private read<Row extends object = MeasuredRow>(query: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return inTransaction(this.source, async (db) => {
      const [, found] = await Promise.all([rows(db, PLAN_FOR_TABLES), rows<Row>(db, query, parameters)]);
      return found;
    });
  }
}
