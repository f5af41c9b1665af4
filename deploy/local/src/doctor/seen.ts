import type { Milliseconds, Seconds, Service } from '@handoff/contracts';
import type { ListedDeadLetter } from '../dead-letters/dead-letter-client.js';
import type { TopicChange } from '../topics/diff-topics.js';
import type { Looked } from './looked.js';
import type { Samples } from './samples.js';

/** Everything that was looked at, once; checks judge it and look at nothing themselves. */
export interface Seen {
  readonly processes: readonly ProcessSeen[];
  readonly kafka: Looked<KafkaSeen>;
  /** Null where nobody gave an address: then what the services say of it has to do. */
  readonly postgres: Looked<PostgresSeen> | null;
  /** Of each service that was asked; null without the secret that operators' tokens are signed with. */
  readonly deadLetters: readonly DeadLettersSeen[] | null;
  /** Null without that secret. */
  readonly agents: Looked<AgentsSeen> | null;
  readonly policy: Looked<PolicySeen> | null;
  /** Null where no canary is known of. */
  readonly canary: Looked<Samples> | null;
  /** An agent that is quiet for less is not called silent. */
  readonly silentAfter: Seconds;
  /** Where the servers keep their data, if they run on this machine. */
  readonly disk: Looked<DiskSeen> | null;
}

/** One process of a service, as it tells of itself. */
export interface ProcessSeen {
  readonly service: Service;
  readonly url: string;
  readonly live: Looked<Health>;
  /** Of two looks the later one, with the shorter of their times. */
  readonly ready: Looked<Health>;
  readonly metrics: Looked<Samples>;
  /** The same a few seconds later: what rose in between. */
  readonly later: Looked<Samples>;
}

export interface Health {
  readonly ok: boolean;
  /** What is down, and why. */
  readonly reasons: readonly { readonly part: string; readonly why: string }[];
  /** How far the process's clock is ahead of this machine's, to a second; null where it does not say. */
  readonly aheadSeconds: Seconds | null;
}

export interface KafkaSeen {
  readonly brokers: number;
  readonly controller: number | null;
  /** Null where the broker does not say. */
  readonly createsTopics: boolean | null;
  readonly partitions: readonly PartitionSeen[];
  /** What differs from the contracts. */
  readonly changes: readonly TopicChange[];
  /** Whether positions are those that the services keep; else what they told Kafka some seconds ago. */
  readonly isExact: boolean;
  readonly groups: readonly GroupSeen[];
  /** Between the two looks at offsets. */
  readonly watchedMs: Milliseconds;
}

export interface PartitionSeen {
  readonly topic: string;
  readonly partition: number;
  readonly hasLeader: boolean;
  readonly replicas: number;
  readonly inSync: number;
}

export interface GroupSeen {
  readonly group: string;
  readonly service: Service;
  readonly state: string;
  readonly members: number;
  readonly positions: readonly PositionSeen[];
}

/** Where a group is on a partition, twice; and where that ended, before. */
export interface PositionSeen {
  readonly topic: string;
  readonly partition: number;
  readonly end: bigint;
  readonly next: bigint;
  readonly nextLater: bigint;
}

export interface PostgresSeen {
  readonly isReadOnly: boolean;
  readonly connectMs: Milliseconds;
  /** Of several, next to the quickest. */
  readonly roundTripMs: Milliseconds;
  /** Ahead of this machine's clock. */
  readonly aheadSeconds: Seconds;
  readonly connections: number;
  readonly mostConnections: number;
  /** Where its data are, if that is on this machine. */
  readonly disk: DiskSeen | null;
  /** Why a page could not be written; null where it could. */
  readonly notWritten: string | null;
  readonly schemas: readonly SchemaSeen[];
  readonly failures: readonly ChannelFailures[];
}

export interface SchemaSeen {
  readonly service: Service;
  readonly schema: string;
  /** Names of migrations of this release that it has not had; null where there is no schema. */
  readonly missing: readonly string[] | null;
  /** Migrations that this release does not know. */
  readonly unknown: number;
  /** Its one clock, ahead of the server's. */
  readonly clockAheadSeconds: Seconds | null;
}

/** Copies of the last quarter of an hour that did not reach anybody. */
export interface ChannelFailures {
  readonly channel: string;
  readonly failed: number;
  readonly delivered: number;
  readonly lastError: string;
}

export interface DeadLettersSeen {
  readonly service: Service;
  readonly waiting: Looked<readonly ListedDeadLetter[]>;
  /** Those of the last quarter of an hour, among which are agents' records that were refused. */
  readonly refused: Looked<readonly ListedDeadLetter[]>;
}

export interface AgentsSeen {
  /** By the database's clock. */
  readonly now: string;
  readonly asking: readonly AskingAgent[];
  readonly unanswered: readonly { readonly agent_id: string; readonly questions: number; readonly since: string }[];
}

/** How regularly an agent has asked, by its newest handoffs. */
export interface AskingAgent {
  readonly agent_id: string;
  readonly handoffs: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly usual_gap_seconds: Seconds;
}

/** The policy in force, and who is on duty now. */
export interface PolicySeen {
  readonly version: number;
  /** What is wrong with its text by now, as routing reads it. */
  readonly faults: readonly string[];
  readonly rules: readonly { readonly id: string; readonly levels: readonly LevelSeen[] }[];
}

export interface LevelSeen {
  readonly name: string;
  readonly team: string;
  readonly onDuty: number;
}

export interface DiskSeen {
  readonly path: string;
  readonly freeBytes: number;
  readonly bytes: number;
}
