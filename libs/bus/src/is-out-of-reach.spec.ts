import { describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { isOutOfReach } from './is-out-of-reach.js';

/** As kafkajs makes it: its typings leave the cause out. */
const notRetried = (message: string, cause: Error): Error => Object.assign(new kafkajs.KafkaJSNonRetriableError(message), { cause });
const named = (name: string, cause?: Error): Error => Object.assign(new Error('it failed', { cause }), { name });

describe('a consumer that kafkajs will not restart', () => {
  it('is started again where the coordinator was not found, however deep in the causes', () => {
    const notFound = named('KafkaJSGroupCoordinatorNotFound');
    expect(isOutOfReach(notFound)).toBe(true);
    expect(isOutOfReach(notRetried('retries are over', notFound))).toBe(true);
  });

  it('is dead where a handler or a setting is at fault', () => {
    expect(isOutOfReach(new TypeError('x is not a function'))).toBe(false);
    expect(isOutOfReach(notRetried('not authorized', named('KafkaJSProtocolError')))).toBe(false);
    expect(isOutOfReach(undefined)).toBe(false);
  });
});
