import type { JsonObject } from '@handoff/contracts';
import type { Template } from '../api/use-delegations.js';
import type { Draft } from './draft.js';

/** What a copy says otherwise than the template that it is made from. Words that were left as they are keep their gaps. */
export function templateOf({ goal, criteria, constraints, target, urgency }: Draft, { id, version }: Template): JsonObject {
  return {
    from: { id, version },
    ...(goal === null ? {} : { goal }),
    ...(criteria === null
      ? {}
      : { success_criteria: criteria.map(({ id, text, check }, at) => ({ id: id ?? String(at + 1), text, check })) }),
    ...(constraints === null ? {} : { constraints: constraints.map(({ kind, text }) => ({ kind, text })) }),
    ...(target?.kind === 'capability' && target.name !== '' ? { capability: target.name } : {}),
    ...(urgency === null ? {} : { urgency }),
  };
}
