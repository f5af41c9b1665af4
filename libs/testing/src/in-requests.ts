import type { Message } from 'kafkajs';

/** Half of what a topic of ours takes in one batch: there are keys and headers, too. */
const MOST_BYTES = 512 * 1024;

/** In their order, as many at a time as may all have one partition. */
export function inRequests(messages: readonly Message[]): readonly (readonly Message[])[] {
  const requests: Message[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value ?? '');
    if (requests.length === 0 || size > room) {
      requests.push([]);
      room = MOST_BYTES;
    }
    requests.at(-1)?.push(message);
    room -= size;
  }
  return requests;
}
