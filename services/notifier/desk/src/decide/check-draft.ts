import type { DecisionType, JsonObject, Packet } from '@handoff/contracts';
import type { DecisionRequest, FieldProblem } from '../api/desk-types.js';
import { argumentOf, fieldsOf, readArgs } from './args-fields.js';

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
}

/** What is wrong with a draft, each at its field where it has one. */
export interface DraftFaults {
  readonly args: ReadonlyMap<string, string>;
  readonly message: string | null;
  readonly general: readonly string[];
}

export type CheckedDraft =
  { readonly kind: 'ok'; readonly request: DecisionRequest } | { readonly kind: 'faults'; readonly faults: DraftFaults };

export const NO_FAULTS: DraftFaults = { args: new Map(), message: null, general: [] };

export const takesMessage = (type: DecisionType): boolean => type === 'respond' || type === 'reject';

/** The request that a draft makes, or what stands in its way; the server checks again. */
export function checkDraft(draft: Draft, args: JsonObject): CheckedDraft {
  const faulty = (faults: Partial<DraftFaults>): CheckedDraft => ({ kind: 'faults', faults: { ...NO_FAULTS, ...faults } });
  const message = takesMessage(draft.type) ? draft.message.trim() : '';
  if (draft.type === 'respond' && message === '') return faulty({ message: 'Write what the agent should be told.' });

  const read = draft.type === 'edit' ? readArgs(fieldsOf(args), draft.edits) : null;
  if (read?.kind === 'faults') return faulty({ args: read.faults });
  if (read?.changed.length === 0) return faulty({ general: ['No argument has been changed. Change one, or choose Approve.'] });

  return {
    kind: 'ok',
    request: {
      packet_version: draft.packetVersion,
      type: draft.type,
      ...(message === '' ? {} : { message }),
      ...(read ? { args: read.args } : {}),
      ...(draft.handleItself === 'unsaid' ? {} : { asking_was: draft.handleItself === 'yes' ? 'unnecessary' : 'necessary' }),
    },
  };
}

/** The server's own findings, at the same fields. */
export function placeFaults(errors: readonly FieldProblem[], args: JsonObject): DraftFaults {
  const atArgs = new Map<string, string>();
  const general: string[] = [];
  let message: string | null = null;
  for (const error of errors) {
    const name = argumentOf(error.path, Object.keys(args));
    if (name !== null) atArgs.set(name, [atArgs.get(name), error.message].filter(Boolean).join(' '));
    else if (error.path === 'message') message = error.message;
    else general.push(error.path === '' ? error.message : `${error.path}: ${error.message}`);
  }
  return { args: atArgs, message, general };
}
