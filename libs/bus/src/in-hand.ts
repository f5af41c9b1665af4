import type { Milliseconds } from '@handoff/contracts';
import { partitionKey } from './consumed-offsets.js';
import type { KafkaRecord } from './kafka-record.js';

/** A poll that was done with a moment ago still says how old what comes next is; one from before does not. */
const IN_HAND_MS = 2000;

/** How old the records of the poll are that is being worked on. */
export class InHand {
  private dates: ReadonlyMap<string, Milliseconds> = new Map();
  private until: Milliseconds = 0;

  begin(records: readonly KafkaRecord[]): void {
    this.dates = oldestDates(records);
    this.until = Number.POSITIVE_INFINITY;
  }

  end(): void {
    this.until = Date.now();
  }

  /** When the oldest of the partition was written, as it is dated; null where there is none. */
  oldest(of: Pick<KafkaRecord, 'topic' | 'partition'>): Milliseconds | null {
    return this.until > Date.now() - IN_HAND_MS ? (this.dates.get(partitionKey(of)) ?? null) : null;
  }
}

function oldestDates(records: readonly KafkaRecord[]): ReadonlyMap<string, Milliseconds> {
  const dates = new Map<string, Milliseconds>();
  for (const record of records) {
    const key = partitionKey(record);
    dates.set(key, Math.min(dates.get(key) ?? Number.POSITIVE_INFINITY, Number(record.timestamp)));
  }
  return dates;
}
