import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

const PREFIX = '#/$defs/';

/**
 * JSON Schema 2020-12 of one class, with those of the classes inside it.
 * @param converters what decorators of its own stand for, by their names
 */
export function payloadSchema(type, name, converters = {}) {
  const defs = allSchemas(converters);
  const root = defs[type.name];
  const inside = Object.fromEntries([...reachable(root, defs)].sort().map((it) => [it, defs[it]]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:handoff:${name}`,
    title: name,
    ...root,
    ...(Object.keys(inside).length > 0 ? { $defs: inside } : {}),
  };
}

/** Of every class that was loaded, by its name. */
export function allSchemas(converters = {}) {
  const schemas = validationMetadatasToSchemas({
    refPointerPrefix: PREFIX,
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: {
      isInstant: { type: 'string', format: 'date-time' },
      maxJsonBytes: ({ constraints: [max] }) => ({ description: `At most ${max} bytes as JSON.` }),
      ...converters,
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withNulls(schema)]));
}

/** What is optional may be null as well: the validator takes both for absent. */
function withNulls({ properties, required = [], type }) {
  const fields = Object.entries(properties).map(([name, schema]) => [
    name,
    required.includes(name) ? plain(schema) : orNull(plain(schema)),
  ]);
  return { type, properties: Object.fromEntries(fields), ...(required.length > 0 ? { required } : {}) };
}

/** A reference says all there is to say about the type. */
function plain({ $ref, items, ...rest }) {
  if ($ref) return { $ref };
  return items ? { ...rest, items: plain(items) } : rest;
}

function orNull(schema) {
  if ('anyOf' in schema) return { anyOf: [...schema.anyOf, { type: 'null' }] };
  return 'type' in schema || '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** The names that a schema refers to, and those that these refer to. */
export function reachable(schema, defs, found = new Set()) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    reachable(defs[name], defs, found);
  }
  return found;
}
