import { UnreachableError } from '../errors.js';

/** What kafkajs throws where no broker answers is the client's own error; what is wrong with what was sent passes as it is. */
export async function reached<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isAway(error) ? new UnreachableError(what, error) : error;
  }
}

/** By its shape: kafkajs is the author's own copy, whose classes are others. */
const isAway = (error: unknown): boolean =>
  error instanceof Error && (('retriable' in error && error.retriable === true) || error.name === 'KafkaJSNumberOfRetriesExceeded');
