import { HandoffClient } from '../handoff-client.js';
import { KafkaTransport, type KafkaOptions } from './kafka-transport.js';

/** The same client, on topics; it resolves once all that was said before is read. */
export const connectOverKafka = async (options: KafkaOptions): Promise<HandoffClient> =>
  new HandoffClient(await KafkaTransport.connect(options));

export type { KafkaOptions };
export type { Refusal } from './refusal.js';
