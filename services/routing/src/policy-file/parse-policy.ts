import { fault, ok, refuse, validate, type Fault, type Json, type Result } from '@handoff/contracts';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { Policy } from '../domain/policy.js';
import { checkReferences } from './check-references.js';
import { fillPlaceholders, type Environment } from './fill-placeholders.js';
import { PolicyFile } from './policy-file.js';
import { toPolicy } from './to-policy.js';
import { unknownKeys } from './unknown-keys.js';
import { written } from './written.js';

/** A fault, and the line of the text that it is about; null where it is about none. */
export type PolicyFault = Fault & { readonly line: number | null };

type ReadPolicy = { readonly kind: 'ok'; readonly value: Policy } | { readonly kind: 'faults'; readonly faults: readonly PolicyFault[] };

/** A policy from YAML (or JSON, which is YAML), or everything that is wrong with it at once, with lines. */
export function readPolicy(text: string, environment: Environment): ReadPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const unreadable = document.errors.map(({ message, pos }) => ({
    ...fault('', 'unreadable', `${message}.`),
    line: lines.linePos(pos[0]).line,
  }));
  if (unreadable.length > 0) return { kind: 'faults', faults: unreadable };
  const checked = check(document.toJS() as Json, environment);
  if (checked.kind === 'ok') return checked;
  return { kind: 'faults', faults: checked.faults.map((it) => ({ ...it, line: lineOf(document, lines, stepsOf(it.path)) })) };
}

/** The same, with the lines in the words. */
export function parsePolicy(text: string, environment: Environment): Result<Policy> {
  const read = readPolicy(text, environment);
  if (read.kind === 'ok') return read;
  return refuse(...read.faults.map(({ line, ...it }) => (line === null ? it : { ...it, message: `Line ${line}: ${it.message}` })));
}

const stepsOf = (path: string): readonly string[] => (path === '' ? [] : path.replaceAll(']', '').split(/[.[]/));

function check(text: Json, environment: Environment): Result<Policy> {
  const { value, faults } = fillPlaceholders(text, environment);
  const checked = validate(PolicyFile, written(value));
  if (checked.kind === 'faults') return refuse(...faults, ...checked.faults);
  const wrong = [...faults, ...unknownKeys(checked.value), ...checkReferences(checked.value)];
  return wrong.length === 0 ? ok(toPolicy(checked.value)) : refuse(...wrong);
}

/** Of the value itself, or of the nearest thing around it where it is missing. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number | null {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  return path.length > 0 ? lineOf(document, lines, path.slice(0, -1)) : null;
}
