import { Packet, REQUIRED } from '../dist/index.js';
import { allSchemas, payloadSchema, reachable } from './payload-schema.mjs';

/** The packet as an agent may send it: each field as plain text or in its rich form, and further fields of its own. */
export function wirePacketSchema() {
  const { $defs, ...packet } = payloadSchema(Packet, 'handoff.escalations');
  const defs = { ...$defs, ...lenient(allSchemas()) };
  const properties = { ...packet.properties, ...fields() };
  delete properties.extra; // where this system keeps unknown fields; in an agent's packet it is one of them
  delete properties.delegation;
  delete properties.transfer;
  const used = reachable(properties, defs);
  return { ...packet, properties, required: [...REQUIRED], $defs: sorted(only(defs, used)) };
}

const ref = (name) => ({ $ref: `#/$defs/${name}` });
const text = { type: 'string' };
const anything = {};
const either = (...schemas) => ({ anyOf: schemas });
const optional = (...schemas) => either(...schemas, { type: 'null' });

const fields = () => ({
  steps_completed: { type: 'array', maxItems: 1000, items: either(text, ref('Step')) },
  current_state: either(text, { type: 'object' }, { type: 'array' }),
  reason_for_escalation: either(text, ref('Reason')),
  recommended_action: either({ ...text, description: 'Words, or a call as JSON text: {"name", "arguments"}.' }, ref('Action')),
  data_links: { type: 'array', maxItems: 200, items: either(text, ref('DataLink')) },
  attempts: optional({ type: 'array', maxItems: 200, items: either(text, ref('Attempt')) }),
  confidence: optional({ type: 'number', minimum: 0, maximum: 1 }, ref('Confidence')),
  agent: optional(text, ref('Agent')),
});

/** The rich forms without what is filled in, and with the words of the tool-call form beside ours. */
function lenient({ Step, Reason, Action, DataLink }) {
  return {
    Step: {
      type: 'object',
      properties: {
        ...optionals(without(Step.properties, 'extra')),
        id: anything,
        step: anything,
        status: { ...text, description: 'done, failed, skipped or in_progress; ok, success, completed, error and failure are understood.' },
        summary: anything,
        tool: text,
        name: text,
        arguments: anything,
        result: anything,
        error: anything,
      },
    },
    Reason: {
      type: 'object',
      properties: { ...Reason.properties, code: optional(Reason.properties.code, { const: '' }), text: optional(text) },
    },
    Action: {
      type: 'object',
      properties: {
        ...optionals(Action.properties),
        tool: optional(text),
        arguments: optional({ type: 'object' }),
        rationale: optional(text),
        alternatives: optional({ type: 'array', maxItems: 20, items: either(text, ref('Action')) }),
      },
    },
    DataLink: { ...DataLink, properties: { ...DataLink.properties, id: anything, title: optional(text) }, required: ['url'] },
  };
}

const optionals = (properties) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, 'type' in schema ? optional(schema) : schema]));

const without = (properties, ...names) => Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));

const only = (properties, names) => Object.fromEntries(Object.entries(properties).filter(([name]) => names.has(name)));

const sorted = (properties) => Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
