import type { Milliseconds } from '@handoff/contracts';
import { DeadLetterClient, type ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import type { OperatorClient } from '../../operator/operator-client.js';
import { lookWithin } from '../looked.js';
import type { DeadLettersSeen } from '../seen.js';

const WITHIN_MS: Milliseconds = 4000;
/** More are not read: the first of them say what is wrong. */
const MOST = 500;

export async function lookAtDeadLetters(door: OperatorClient): Promise<DeadLettersSeen> {
  return { service: door.service, waiting: await lookWithin(WITHIN_MS, () => waitingOf(new DeadLetterClient(door))) };
}

async function waitingOf(client: DeadLetterClient): Promise<readonly ListedDeadLetter[]> {
  const found: ListedDeadLetter[] = [];
  for await (const letter of client.list({ state: 'waiting', topic: null, code: null, olderThan: null, newerThan: null })) {
    found.push(letter);
    if (found.length === MOST) break;
  }
  return found;
}
