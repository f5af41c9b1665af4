import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError } from '@handoff/contracts';
import { isConnectionFault, retryDelay } from '@handoff/store';
import type { Admin } from 'kafkajs';
import { lockOffsets, moveOffsets, OffsetMovedError, partitionKey } from './consumed-offsets.js';
import { HandoffBus, type BusOptions } from './handoff-bus.js';
import type { Transaction } from './transaction.js';

const MARK_EVERY_MS = 5000;
const LOOK_EVERY_MS = 100;
const RETRY_CEILING_SECONDS = 5;
const STOP_MS = 3000;

/** Where a partition of a topic of ours ends, and where what is still on it begins. */
interface End {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

/** A schema that was restored beneath a running process: what it has forgotten is relearned at a start, before anything else is done. */
export class SetBackError extends HandoffError {
  readonly code = 'SCHEMA_SET_BACK';
  constructor(group: string) {
    super(`The schema of "${group}" was set back while the service was running. It ends, and relearns what was forgotten when it starts.`);
  }
}

/**
 * What a service said itself and its schema may have forgotten. An event is on a topic only after its transaction has committed, so the
 * schema knows all that its topics hold below the marks that are kept in it. A restored schema has the marks of then: what it said since
 * is read from the topics before it says anything new.
 */
export class Relearning {
  private readonly group: string;
  private readonly admin: Admin;
  private readonly seen = new Map<string, bigint>();
  private timer: NodeJS.Timeout | null = null;
  private marking: Promise<void> | null = null;
  private closing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: BusOptions,
    private readonly bus: HandoffBus,
    private readonly markEveryMs = MARK_EVERY_MS,
  ) {
    this.group = `${options.group}-relearn`;
    this.admin = options.kafka.admin();
  }

  /** Resolves once this schema knows all that is on the service's own topics now; a usual start finds next to nothing to read. */
  async catchUp(stopped: () => boolean): Promise<void> {
    const handlers = this.bus.handlers('relearned');
    if (handlers.size === 0) return;
    const ends = await this.untilItAnswers(() => this.ends(), stopped);
    if (!ends || (await this.untilItAnswers(() => this.knows(ends), stopped)) !== false) return;
    const reader = new HandoffBus({ ...this.options, group: this.group });
    for (const [topic, handler] of handlers) reader.addHandler(topic, handler, true);
    reader.listen(() => undefined);
    try {
      while ((await this.untilItAnswers(() => this.knows(ends), stopped)) === false) await sleep(LOOK_EVERY_MS);
    } finally {
      this.closing = reader.close(); // a join that is under way takes its time, and nothing waits for that
    }
    this.options.log.info({ topics: [...handlers.keys()] }, 'Read what this service said itself since its schema was last marked');
  }

  /** From here on all that this process and its like say is in the schema first. */
  start(): void {
    if (this.bus.handlers('relearned').size === 0) return;
    this.timer ??= setInterval(() => {
      this.marking ??= this.mark().finally(() => (this.marking = null)); // one that waits for Kafka leaves no queue behind
    }, this.markEveryMs);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    const marked = this.timer ? Promise.resolve(this.marking).then(() => this.mark()) : Promise.resolve();
    // While Kafka is away there is nothing to wait for.
    await Promise.race([marked, sleep(STOP_MS, undefined, { ref: false })]);
    await Promise.all([this.closing, this.admin.disconnect().catch(() => undefined)]);
  }

  private async mark(): Promise<void> {
    try {
      const ends = await this.ends();
      await this.options.transactions.run((tx) => this.moveMarks(tx, ends));
    } catch (error) {
      if (error instanceof SetBackError) return this.options.onDead(error);
      if (error instanceof OffsetMovedError) return; // another replica has marked them meanwhile
      this.options.log[isConnectionFault(error) ? 'debug' : 'warn'](
        { err: error },
        'The own topics could not be marked; the next start reads more',
      );
    }
  }

  private async moveMarks(tx: Transaction, ends: readonly End[]): Promise<void> {
    const marks = await lockOffsets(tx.db, this.group, ends);
    const standings = ends.map((end) => ({ end, mark: marks.get(partitionKey(end)) ?? 0n, seen: this.seen.get(partitionKey(end)) ?? 0n }));
    const isAnew = ({ end, seen }: (typeof standings)[number]): boolean => end.high < seen; // the topic was deleted and made again
    if (standings.some((it) => it.mark < it.seen && !isAnew(it))) throw new SetBackError(this.options.group);
    const moved = standings.filter((it) => it.mark < it.end.high || isAnew(it));
    tx.afterCommit(() => {
      for (const end of ends) this.seen.set(partitionKey(end), end.high);
    });
    if (moved.length > 0)
      await moveOffsets(
        tx.db,
        this.group,
        moved.map(({ end }) => ({ ...end, from: marks.get(partitionKey(end)) ?? null, to: end.high })),
      );
  }

  private async knows(ends: readonly End[]): Promise<boolean> {
    const marks = await this.options.transactions.run(async (tx) => ({ of: await lockOffsets(tx.db, this.group, ends) }));
    return ends.every((end) => {
      const mark = marks.of.get(partitionKey(end)) ?? 0n;
      return (mark > end.low ? mark : end.low) >= end.high;
    });
  }

  private async ends(): Promise<readonly End[]> {
    await this.admin.connect();
    const topics = [...this.bus.handlers('relearned').keys()];
    const found = await Promise.all(
      topics.map(async (topic) => {
        const partitions = await this.admin.fetchTopicOffsets(this.options.topicPrefix + topic);
        return partitions.map(({ partition, low, high }) => ({ topic, partition, low: BigInt(low), high: BigInt(high) }));
      }),
    );
    return found.flat();
  }

  /** @returns null when the service is stopped first */
  private async untilItAnswers<T>(ask: () => Promise<T>, stopped: () => boolean): Promise<T | null> {
    for (let attempt = 1; !stopped(); attempt++) {
      try {
        return await ask();
      } catch (error) {
        const wait = retryDelay(attempt, RETRY_CEILING_SECONDS);
        this.options.log.warn({ err: error, retry_in_seconds: wait }, 'What this service said itself cannot be read yet; trying again');
        await sleep(wait * 1000);
      }
    }
    return null;
  }
}
