import { REQUIRED_OF_DELEGATION, SentDelegation } from '../dist/index.js';
import { payloadSchema } from './payload-schema.mjs';

/** A delegation as people and their systems may send it: some fields as plain text or in their rich form, and further fields of their own. */
export function sentDelegationSchema() {
  const { $defs, ...sent } = payloadSchema(SentDelegation, 'handoff.delegations');
  const { Criterion, DataLink, ...defs } = $defs;
  const properties = { ...sent.properties, ...FIELDS, urgency: optional(sent.properties.urgency) };
  delete properties.extra; // where this system keeps unknown fields; in what is sent it is one of them
  return {
    ...sent,
    properties,
    required: [...REQUIRED_OF_DELEGATION],
    $defs: { ...defs, Criterion: withoutId(Criterion), DataLink: { ...DataLink, required: ['url'] } },
  };
}

const ref = (name) => ({ $ref: `#/$defs/${name}` });
const text = { type: 'string' };
const either = (...schemas) => ({ anyOf: schemas });
const optional = (...schemas) => either(...schemas, { type: 'null' });

const FIELDS = {
  success_criteria: { type: 'array', minItems: 1, maxItems: 50, items: ref('Criterion') },
  constraints: { type: 'array', maxItems: 100, items: either(text, ref('Constraint')) },
  context: either(text, { type: 'object' }, { type: 'array' }),
  data_links: optional({ type: 'array', maxItems: 200, items: either(text, ref('DataLink')) }),
  agent_target: optional(text, ref('AgentTarget')),
  reviewer: optional(text, ref('Assignee')),
};

/** Left out, it is the criterion's place in the list. */
const withoutId = ({ required, ...criterion }) => ({ ...criterion, required: required.filter((field) => field !== 'id') });
