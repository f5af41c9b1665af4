import { minutes, type Milliseconds, type Seconds } from '@handoff/contracts';
import { DeadLetterClient, type ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import type { OperatorClient } from '../../operator/operator-client.js';
import { lookWithin } from '../looked.js';
import type { DeadLettersSeen } from '../seen.js';

const WITHIN_MS: Milliseconds = 4000;
/** More are not read: the first of them say what is wrong. */
const MOST = 500;
const LATELY = minutes(15);

export async function lookAtDeadLetters(door: OperatorClient): Promise<DeadLettersSeen> {
  const client = new DeadLetterClient(door);
  const [waiting, refused] = await Promise.all([
    lookWithin(WITHIN_MS, () => waitingOf(client, null)),
    lookWithin(WITHIN_MS, () => waitingOf(client, LATELY)),
  ]);
  return { service: door.service, waiting, refused };
}

async function waitingOf(client: DeadLetterClient, newerThan: Seconds | null): Promise<readonly ListedDeadLetter[]> {
  const found: ListedDeadLetter[] = [];
  for await (const letter of client.list({ state: 'waiting', topic: null, code: null, olderThan: null, newerThan })) {
    found.push(letter);
    if (found.length === MOST) break;
  }
  return found;
}
