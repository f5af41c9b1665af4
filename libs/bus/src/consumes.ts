import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { InboundTopic } from '@handoff/contracts';
import type { ClassConstructor } from 'class-transformer';
import { throwError, type Observable } from 'rxjs';
import type { InboundRecord } from './kafka-record.js';
import type { Transaction } from './transaction.js';

type ItemOf<T> = T extends { readonly payload: ClassConstructor<infer Payload> } ? Payload : InboundRecord;
type HandlerOf<T> = (batch: readonly ItemOf<T>[], tx: Transaction) => Promise<void>;

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
): <Handler extends HandlerOf<T>>(target: object, key: string, method: TypedPropertyDescriptor<Handler>) => void {
  const decorate = applyDecorators(EventPattern<string>(topic.topic) as MethodDecorator, UseFilters(OriginalErrorFilter));
  return (target, key, method) => {
    // Nest gives a handler its payload alone unless its parameters say otherwise.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    decorate(target, key, method);
  };
}
