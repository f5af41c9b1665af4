import { REQUIRED_OF_DELEGATION, REQUIRED_OF_TRANSFER, SentDelegation, SentTransfer } from '../dist/index.js';
import { payloadSchema, reachable } from './payload-schema.mjs';

/** A delegation as people and their systems may send it: some fields as plain text or in their rich form, and further fields of their own. */
export const sentDelegationSchema = () =>
  formSchema('handoff.delegations', SentDelegation, unlessTemplate(REQUIRED_OF_DELEGATION), OF_DELEGATION, ['Criterion']);

/** The same of a transfer, as agents may send it. */
export const sentTransferSchema = () =>
  formSchema('handoff.transfers', SentTransfer, { required: [...REQUIRED_OF_TRANSFER] }, OF_TRANSFER, ['TransferResult']);

function formSchema(topic, type, required, fields, withIds) {
  const { $defs, ...sent } = payloadSchema(type, topic);
  const properties = { ...sent.properties, ...fields, urgency: optional(sent.properties.urgency) };
  delete properties.extra; // where this system keeps unknown fields; in what is sent it is one of them
  const identified = Object.fromEntries(withIds.map((name) => [name, withoutId($defs[name])]));
  const parts = { ...$defs, ...identified, TemplateUse: newest($defs.TemplateUse), DataLink: { ...$defs.DataLink, required: ['url'] } };
  const used = reachable(properties, parts);
  return {
    ...sent,
    properties,
    ...required,
    $defs: Object.fromEntries(Object.entries(parts).filter(([name]) => used.has(name))),
  };
}

/** A template says the rest. */
const unlessTemplate = (required) => ({
  required: ['task_id'],
  if: { properties: { template: { type: 'object' } }, required: ['template'] },
  else: { properties: Object.fromEntries(required.map((field) => [field, {}])), required: [...required] },
});

const ref = (name) => ({ $ref: `#/$defs/${name}` });
const text = { type: 'string' };
const either = (...schemas) => ({ anyOf: schemas });
const optional = (...schemas) => either(...schemas, { type: 'null' });

const COMMON = {
  constraints: { type: 'array', maxItems: 100, items: either(text, ref('Constraint')) },
  data_links: optional({ type: 'array', maxItems: 200, items: either(text, ref('DataLink')) }),
};

const OF_DELEGATION = {
  ...COMMON,
  success_criteria: { type: 'array', minItems: 1, maxItems: 50, items: ref('Criterion') },
  context: either(text, { type: 'object' }, { type: 'array' }),
  agent_target: optional(text, ref('AgentTarget')),
  reviewer: optional(text, ref('Assignee')),
};

const OF_TRANSFER = {
  ...COMMON,
  from: either(text, ref('Agent')),
  to: either(text, ref('AgentTarget')),
  results: { type: 'array', maxItems: 500, items: either(text, ref('TransferResult')) },
  decisions: { type: 'array', maxItems: 200, items: either(text, ref('TakenDecision')) },
};

/** Left out, it is the place in the list. */
const withoutId = ({ required, ...entry }) => ({ ...entry, required: required.filter((field) => field !== 'id') });

/** Without a version, the newest one is used; without inputs, those that the template has by default. */
const newest = ({ properties, ...use } = {}) => ({
  ...use,
  properties: { ...properties, version: optional(properties?.version) },
  required: ['id'],
});
