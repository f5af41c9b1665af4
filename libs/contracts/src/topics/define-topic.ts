import type { ClassConstructor } from 'class-transformer';
import type { Seconds } from '../units.js';

export type Service = 'intake' | 'routing' | 'sla-monitor' | 'notifier' | 'feedback';
export const SERVICES: readonly Service[] = ['intake', 'routing', 'sla-monitor', 'notifier', 'feedback'];

/** Whoever writes or reads topics beside our own services. */
export type Outsider = 'agents' | "people's systems" | 'downstream systems';

interface TopicBase {
  /** Without the prefix that an installation may set. */
  readonly topic: string;
  readonly partitions: number;
  /** How long records stay; null on a compacted topic, where the newest record of each key stays for good. */
  readonly retention: Seconds | null;
  readonly maxMessageBytes: number;
  readonly about: string;
  /** Who reads it beside our own services, which say so by consuming it. */
  readonly readOutside?: readonly Outsider[];
}

/** A topic that others write: whatever is in it is read as bytes and judged by the service that reads it. */
export interface InboundTopic extends TopicBase {
  readonly kind: 'inbound';
  readonly writtenBy: readonly (Outsider | Service)[];
  readonly key: string;
}

/** A topic that one of our services writes: one payload class, one CloudEvents type. */
export interface EventTopic<Payload extends object = object> extends TopicBase {
  readonly kind: 'event';
  readonly writtenBy: Service | readonly Service[];
  readonly type: string;
  readonly key: Extract<keyof Payload, string>;
  readonly payload: ClassConstructor<Payload>;
}

export type Topic = InboundTopic | EventTopic;

type Optional = 'partitions' | 'maxMessageBytes' | 'kind';
/** As many replicas of a service can share its work; each one costs every poll a little, also while it is empty. */
const PARTITIONS = 3;
/** Headers and record overhead beside the largest packet. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

export function defineTopic<Payload extends object>(
  topic: Omit<EventTopic<Payload>, Optional> & Partial<Pick<EventTopic<Payload>, 'partitions' | 'maxMessageBytes'>>,
): EventTopic<Payload> {
  return { kind: 'event', partitions: PARTITIONS, maxMessageBytes: MAX_MESSAGE_BYTES, ...topic };
}

export function defineInboundTopic(
  topic: Omit<InboundTopic, Optional | 'writtenBy'> & Partial<Pick<InboundTopic, 'writtenBy'>>,
): InboundTopic {
  return { kind: 'inbound', writtenBy: ['agents'], partitions: PARTITIONS, maxMessageBytes: MAX_MESSAGE_BYTES, ...topic };
}

/** Where records go that no consumer could take. */
export const deadLetterTopic = (topic: string): string => `${topic}-dlt`;
export const isDeadLetterTopic = (topic: string): boolean => topic.endsWith('-dlt');
