import { isDeepStrictEqual } from 'node:util';
import { fault, ok, refuse, valueAt, type Fault, type Json, type JsonObject, type Packet, type Result } from '@handoff/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ARGS = '/recommended_action/args';

/**
 * An edit replaces all arguments: types are kept, names too unless the agent's own schema says otherwise. Masked ones stay as they are,
 * as nobody here knows them; what the schema says of those is the agent's to check.
 * @param masked JSON Pointers into the packet
 */
export function checkEdit(packet: Packet, args: JsonObject | null, masked: readonly string[] = []): Result<JsonObject> {
  if (args === null) return refuse(fault('args', 'missing', 'An edit needs all the arguments, as they shall be.'));
  const faults = packet.args_schema ? againstSchema(packet.args_schema, args) : againstOriginal(packet.recommended_action.args, args);
  const retyped = Object.entries(args).flatMap(([name, value]) => typeFault(name, packet.recommended_action.args[name], value));
  const hidden = masked.flatMap((pointer) => maskedLeaf(pointer, packet.recommended_action.args, args));
  const others = [...retyped, ...faults.filter(({ path }) => !retyped.some((it) => it.path === path))];
  const all = [...hidden.flatMap(({ fault: it }) => it ?? []), ...others.filter(({ path }) => !hidden.some((it) => it.path === path))];
  return all.length === 0 ? ok(args) : refuse(...all);
}

/** Its path, and what is wrong where it is no longer what it was. */
function maskedLeaf(
  pointer: string,
  before: JsonObject,
  after: JsonObject,
): readonly { readonly path: string; readonly fault: Fault | null }[] {
  if (!pointer.startsWith(`${ARGS}/`)) return [];
  const inside = pointer.slice(ARGS.length);
  const path = `args${inside.replaceAll('/', '.')}`;
  if (isDeepStrictEqual(valueAt(after, inside), valueAt(before, inside))) return [{ path, fault: null }];
  const words = `${path.slice('args.'.length)} holds a secret that is not shown here; leave it as it is, and the agent puts its own back.`;
  return [{ path, fault: fault(path, 'masked_value', words) }];
}

function againstOriginal(original: JsonObject, args: JsonObject): readonly Fault[] {
  const missing = Object.keys(original).filter((name) => !(name in args));
  const added = Object.keys(args).filter((name) => !(name in original));
  return [
    ...missing.map((name) => fault(`args.${name}`, 'missing', `${name} is missing; an edit names every argument.`)),
    ...added.map((name) => fault(`args.${name}`, 'not_allowed_value', `${name} is not an argument of this action.`)),
  ];
}

function typeFault(name: string, before: Json | undefined, after: Json): readonly Fault[] {
  if (before === undefined || before === null || typeOf(before) === typeOf(after)) return [];
  return [fault(`args.${name}`, 'wrong_type', `${name} must stay a ${typeOf(before)}, and is a ${typeOf(after)} now.`)];
}

const typeOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

function againstSchema(schema: JsonObject, args: JsonObject): readonly Fault[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true });
  addFormats.default(ajv);
  try {
    const check = ajv.compile(schema);
    if (check(args)) return [];
    return (check.errors ?? []).map(({ instancePath, message, params }) => {
      const named =
        (params as { missingProperty?: string; additionalProperty?: string }).missingProperty ??
        (params as { additionalProperty?: string }).additionalProperty;
      const path = `args${instancePath.replaceAll('/', '.')}${named ? `.${named}` : ''}`;
      return fault(path, 'not_allowed_value', `${path.replace(/^args\./, '')} ${message ?? 'does not fit the schema'}.`);
    });
  } catch {
    return []; // a schema that is none cannot judge; types are still kept
  }
}
