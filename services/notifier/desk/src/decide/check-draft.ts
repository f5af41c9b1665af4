import type { DecisionType, Json, JsonObject, Packet } from '@handoff/contracts';
import type { DecisionRequest, FieldProblem, SeenHandoff } from '../api/desk-types.js';
import { checkBySchema, roundedNumbers } from '../form/check-by-schema.js';
import { argumentOf, fieldsOf, readArgs, type ReadArgs } from './args-fields.js';
import { argsSchemaOf, responseSchemaOf } from './draft-schemas.js';

/** A decision being prepared; nothing of it is sent before it is confirmed. */
export interface Draft {
  readonly type: DecisionType;
  /** The packet that was on the screen when it was begun, and its version. */
  readonly packet: Packet;
  readonly packetVersion: number;
  readonly message: string;
  /** The person's answer to "Should the agent have handled this itself?". */
  readonly handleItself: 'yes' | 'no' | 'unsaid';
  /** Text of the arguments that were edited, by name. */
  readonly edits: ReadonlyMap<string, string>;
  /** The arguments in the form that the agent's schema makes; null before it was touched. */
  readonly args: JsonObject | null;
  /** The response in the form that the agent's schema makes; null before it was touched. */
  readonly response: Json;
  /** A response in words, though the agent has a form for it. */
  readonly inWords: boolean;
  /** Others of the very same action that get the same answer. */
  readonly also: readonly SeenHandoff[];
}

/** What is wrong with a draft, each at its field where it has one. */
export interface DraftFaults {
  /** By name; in the agent's form by path. */
  readonly args: ReadonlyMap<string, string>;
  /** By path, in the agent's form. */
  readonly response: ReadonlyMap<string, string>;
  readonly message: string | null;
  readonly general: readonly string[];
}

export type CheckedDraft =
  { readonly kind: 'ok'; readonly request: DecisionRequest } | { readonly kind: 'faults'; readonly faults: DraftFaults };

export const NO_FAULTS: DraftFaults = { args: new Map(), response: new Map(), message: null, general: [] };

export const takesMessage = (type: DecisionType): boolean => type === 'respond' || type === 'reject';

/**
 * The request that a draft makes, or what stands in its way; the server checks again.
 * @param masked arguments that stay as they are, and are the agent's to check
 */
export function checkDraft(draft: Draft, packet: Packet, masked: ReadonlySet<string> = new Set()): CheckedDraft {
  const faulty = (faults: Partial<DraftFaults>): CheckedDraft => ({ kind: 'faults', faults: { ...NO_FAULTS, ...faults } });
  const schema = draft.type === 'respond' && !draft.inWords ? responseSchemaOf(packet) : null;
  const response = schema ? new Map([...checkBySchema(schema, draft.response), ...roundedNumbers(draft.response)]) : NO_FAULTS.response;
  if (response.size > 0) return faulty({ response });
  const message = schema ? JSON.stringify(draft.response) : takesMessage(draft.type) ? draft.message.trim() : '';
  if (draft.type === 'respond' && message === '') return faulty({ message: 'Write what the agent should be told.' });

  const read = draft.type === 'edit' ? editedArgs(draft, packet, masked) : null;
  if (read?.kind === 'faults') return faulty({ args: read.faults });
  if (read?.changed.length === 0) return faulty({ general: ['No argument has been changed. Change one, or choose Approve.'] });

  return {
    kind: 'ok',
    request: {
      packet_version: draft.packetVersion,
      type: draft.type,
      ...(message === '' ? {} : { message }),
      ...(read ? { args: read.args } : {}),
      ...(draft.also.length > 0 ? { also: draft.also } : {}),
      ...(draft.handleItself === 'unsaid' ? {} : { asking_was: draft.handleItself === 'yes' ? 'unnecessary' : 'necessary' }),
    },
  };
}

function editedArgs({ args, edits }: Draft, packet: Packet, masked: ReadonlySet<string>): ReadArgs {
  const original = packet.recommended_action.args;
  const schema = argsSchemaOf(packet);
  if (!schema) return readArgs(fieldsOf(original), edits);
  const names = Object.keys({ ...original, ...args });
  const changed = names.filter((name) => JSON.stringify(original[name]) !== JSON.stringify((args ?? original)[name]));
  const rounded = changed.flatMap((name) => roundedNumbers(args?.[name] ?? null, [name]));
  const faults = new Map([...checkBySchema(schema, args ?? original), ...rounded].filter(([path]) => !masked.has(path)));
  if (faults.size > 0) return { kind: 'faults', faults };
  return { kind: 'ok', args: args ?? original, changed };
}

/** The server's own findings, at the same fields. */
export function placeFaults(errors: readonly FieldProblem[], packet: Packet): DraftFaults {
  const names = Object.keys(packet.recommended_action.args);
  const fieldOf = (path: string) =>
    argsSchemaOf(packet) && path.startsWith('args.') ? path.slice('args.'.length) : argumentOf(path, names);
  const atArgs = new Map<string, string>();
  const general: string[] = [];
  let message: string | null = null;
  for (const error of errors) {
    const name = fieldOf(error.path);
    if (name !== null) atArgs.set(name, [atArgs.get(name), error.message].filter(Boolean).join(' '));
    else if (error.path === 'message') message = error.message;
    else general.push(error.path === '' ? error.message : `${error.path}: ${error.message}`);
  }
  return { ...NO_FAULTS, args: atArgs, message, general };
}
