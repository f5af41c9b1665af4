import type { Milliseconds, Service } from '@handoff/contracts';
import type { Installation } from '../../command/installation.js';
import { DeadLetterClient, type ListedDeadLetter } from '../../dead-letters/dead-letter-client.js';
import { OperatorClient } from '../../operator/operator-client.js';
import { lookWithin } from '../looked.js';
import type { DeadLettersSeen } from '../seen.js';

const WITHIN_MS: Milliseconds = 4000;
/** More are not read: the first of them say what is wrong. */
const MOST = 500;

export async function lookAtDeadLetters(
  service: Service,
  { urls }: Installation,
  secret: string,
  operator: string,
): Promise<DeadLettersSeen> {
  const client = new DeadLetterClient(new OperatorClient(service, urls[service][0] ?? '', secret, operator));
  return { service, waiting: await lookWithin(WITHIN_MS, () => waitingOf(client)) };
}

async function waitingOf(client: DeadLetterClient): Promise<readonly ListedDeadLetter[]> {
  const found: ListedDeadLetter[] = [];
  for await (const letter of client.list({ state: 'waiting', topic: null, code: null, olderThan: null, newerThan: null })) {
    found.push(letter);
    if (found.length === MOST) break;
  }
  return found;
}
