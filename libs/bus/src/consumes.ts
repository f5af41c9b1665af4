import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { deadLetterTopic, type InboundTopic, type Topic } from '@handoff/contracts';
import type { ClassConstructor } from 'class-transformer';
import { throwError, type Observable } from 'rxjs';
import type { InboundRecord } from './kafka-record.js';
import type { Transaction } from './transaction.js';

type ItemOf<T> = T extends { readonly payload: ClassConstructor<infer Payload> } ? Payload : InboundRecord;
type HandlerOf<T> = (batch: readonly ItemOf<T>[], tx: Transaction) => Promise<void>;
type Marks<H> = <Handler extends H>(target: object, key: string, method: TypedPropertyDescriptor<Handler>) => void;

/** Nest's own filter makes all errors alike; the bus tells a fault of the message from one of the infrastructure by the original. */
@Catch()
class OriginalErrorFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Marks the method that takes a topic's records: all of one transaction's, at most one per handoff and call. A method whose
 * items are not the topic's payload does not compile.
 */
export function Consumes<T extends { readonly topic: string; readonly payload: ClassConstructor<object> } | InboundTopic>(
  topic: T,
): Marks<HandlerOf<T>> {
  return consumes([topic.topic]);
}

/**
 * Marks the method that takes what this service itself said on a topic of its own: at a start alone, and only what its schema may have
 * forgotten; see `Relearning`. What is known all the same changes nothing.
 */
export function Relearns<T extends { readonly topic: string; readonly payload: ClassConstructor<object> }>(topic: T): Marks<HandlerOf<T>> {
  return consumes([topic.topic], RELEARNED);
}

/** Marks the method that takes what other consumers could not: the dead letters of these topics, as records. */
export function ConsumesDeadLetters(topics: readonly Pick<Topic, 'topic'>[]): Marks<HandlerOf<InboundTopic>> {
  return consumes(topics.map(({ topic }) => deadLetterTopic(topic)));
}

/** How Nest keeps a handler that is for `Relearning`, and not for the consumer that goes on. */
export const RELEARNED = { relearned: true };

function consumes<H>(topics: readonly string[], extras: object = {}): Marks<H> {
  const decorate = applyDecorators(EventPattern([...topics], extras) as MethodDecorator, UseFilters(OriginalErrorFilter));
  return (target, key, method) => {
    // Nest gives a handler its payload alone unless its parameters say otherwise.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    decorate(target, key, method);
  };
}
