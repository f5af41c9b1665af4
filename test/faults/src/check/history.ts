/** One record of ours as it lies on its topic. */
export interface EventRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The producer's clock, milliseconds. */
  readonly timestamp: number;
  readonly eventId: string;
  readonly handoffId: string;
  readonly event: string;
  readonly sequence: number;
  readonly packetVersion: number;
  /** What the invariants ask about; packets are left out. */
  readonly facts: Facts;
}

export interface Facts {
  readonly taskId?: string;
  readonly kind?: string;
  /** Whom a word on a task is to, or whose it was in the end. */
  readonly agentId?: string;
  readonly offerId?: string;
  readonly acceptedAt?: string;
  readonly type?: string;
  readonly decisionId?: string;
  readonly decidedAt?: string;
  readonly decidedBy?: readonly string[];
  readonly level?: number;
  readonly levelsOf?: number;
  readonly cycle?: number;
  readonly decideBy?: string;
  readonly skipped?: number;
  readonly page?: boolean;
  readonly policyVersion?: number;
  readonly duplicateOf?: string | null;
  /** The decision that answers it once more. */
  readonly repeats?: string;
  readonly clock?: string;
  readonly share?: number | null;
  readonly dueAt?: string;
  readonly dueBy?: string;
  readonly deliveredAt?: string;
  /** With the result of `due_by`. */
  readonly isMet?: boolean;
  /** What an agent is bound to, and comes to the end of. */
  readonly term?: string;
  readonly channel?: string;
  readonly recipient?: string | null;
  readonly reason?: string;
  /** Of feedback, whether the recommendation was followed, and was right: empty where nobody knows. */
  readonly verdict?: string;
  readonly correct?: string;
}

/** Everything that the topics say of one handoff; a record that came twice is there twice. */
export class History {
  readonly records: EventRecord[] = [];

  constructor(readonly handoffId: string) {}

  /** Each event once, in the order of its writer. */
  of(topic: string, event?: string): readonly EventRecord[] {
    const first = new Map<string, EventRecord>();
    for (const record of this.records) if (record.topic === topic && !first.has(record.eventId)) first.set(record.eventId, record);
    return [...first.values()].filter((it) => event === undefined || it.event === event).toSorted((a, b) => a.sequence - b.sequence);
  }

  get kind(): string {
    return this.of('handoff.accepted')[0]?.facts.kind ?? 'escalation';
  }

  /** To an agent, by a person or by another agent. */
  get isGiven(): boolean {
    return this.kind !== 'escalation';
  }

  /** Records that said again what had been said: a sender could not know whether the first had arrived. */
  repeated(): number {
    return this.records.length - new Set(this.records.map(({ topic, eventId }) => `${topic} ${eventId}`)).size;
  }

  /** One line each, in the order of their times. */
  lines(): readonly string[] {
    return this.records.toSorted((a, b) => a.timestamp - b.timestamp).map(lineOf);
  }
}

function lineOf({ timestamp, topic, event, sequence, packetVersion, partition, offset, facts, eventId }: EventRecord): string {
  const at = new Date(timestamp).toISOString().slice(11, 23);
  const { taskId: _, ...rest } = facts;
  const said = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${String(value)}`);
  return `${at} ${topic.replace('handoff.', '').padEnd(9)} ${event} #${sequence} v${packetVersion} ${said.join(' ')} [${partition}@${offset} ${eventId.slice(0, 8)}]`;
}
