import { SERVICES, type Seconds, type Service } from '@handoff/contracts';
import { UsageError } from '../command/io.js';

export const STATES = ['waiting', 'replayed', 'dismissed', 'all'] as const;
export type DltVerb = 'list' | 'show' | 'replay' | 'dismiss';

export interface DltFilter {
  readonly state: (typeof STATES)[number];
  readonly topic: string | null;
  readonly code: string | null;
  readonly olderThan: Seconds | null;
  readonly newerThan: Seconds | null;
}

export interface DltOptions {
  readonly verb: DltVerb;
  readonly ids: readonly string[];
  readonly services: readonly Service[];
  readonly filter: DltFilter;
  readonly isConfirmed: boolean;
  readonly isJson: boolean;
  readonly as: string | null;
}

/** As the command line has them. */
export interface DltWords {
  readonly service?: readonly Service[];
  readonly topic?: string;
  readonly code?: string;
  readonly olderThan?: Seconds;
  readonly newerThan?: Seconds;
  readonly state?: DltFilter['state'];
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly as?: string;
}

/** @throws UsageError that says what is not understood */
export function dltOptions(verb: DltVerb, ids: readonly string[], words: DltWords): DltOptions {
  const filter = {
    state: words.state ?? 'waiting',
    topic: words.topic?.replace(/-dlt$/, '') ?? null,
    code: words.code ?? null,
    olderThan: words.olderThan ?? null,
    newerThan: words.newerThan ?? null,
  };
  checkIds(ids, filter);
  return {
    ...{ verb, ids, filter, services: words.service ?? SERVICES },
    ...{ isConfirmed: words.yes === true, isJson: words.json === true, as: words.as ?? null },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function checkIds(ids: readonly string[], { topic, code, olderThan, newerThan }: DltFilter): void {
  const wrong = ids.find((id) => !UUID.test(id));
  if (wrong !== undefined) throw new UsageError(`"${wrong}" is no id of a dead letter.`);
  if (ids.length > 0 && [topic, code, olderThan, newerThan].some((it) => it !== null))
    throw new UsageError('Give ids or a filter, not both.');
}
