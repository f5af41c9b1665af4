import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FaultCode } from '../errors.js';
import { jsonBytes } from './constraints.js';
import { describe, quote } from './describe-value.js';

export interface BrokenRule {
  readonly code: FaultCode;
  /** Which entry of a list; null where it is the value itself. */
  readonly index: number | null;
  /** The rest of a sentence that begins with the path. */
  readonly says: string;
}

/** What of `ValidationMetadata` is used here. */
interface Rule {
  readonly name?: string;
  readonly type: string;
  readonly each: boolean;
  readonly constraints?: readonly unknown[];
  readonly constraintCls: unknown;
}

type Explain = readonly [code: FaultCode, says: (value: unknown, bound: unknown) => string];

/** class-validator's rules, as the stable codes that a refusal carries, and in words. */
const EXPLAIN: Readonly<Partial<Record<string, Explain>>> = {
  isDefined: ['wrong_type', (value) => `must not be ${describe(value)}`],
  isString: ['wrong_type', (value) => `must be a text, not ${describe(value)}`],
  isNumber: ['wrong_type', (value) => `must be a number, not ${describe(value)}`],
  isInt: ['wrong_type', (value) => `must be a whole number, not ${quote(value)}`],
  isBoolean: ['wrong_type', (value) => `must be true or false, not ${describe(value)}`],
  isArray: ['wrong_type', (value) => `must be a list, not ${describe(value)}`],
  isObject: ['wrong_type', (value) => `must be an object, not ${describe(value)}`],
  nestedValidation: ['wrong_type', (value) => `must be an object, not ${describe(value)}`],
  isNotEmpty: ['empty', () => 'is empty; it must say something'],
  arrayNotEmpty: ['empty', () => 'is empty; it must have at least one entry'],
  isIn: ['not_allowed_value', (value, words) => `is ${quote(value)}; it must be one of ${list(words)}`],
  equals: ['not_allowed_value', (value, word) => `is ${quote(value)}; it must be ${quote(word)}`],
  maxLength: ['too_long', (value, max) => `has ${characters(value)} characters; at most ${max} are taken`],
  minLength: ['too_short', (value, min) => `has ${characters(value)} characters; at least ${min} are needed`],
  arrayMaxSize: ['too_many', (value, max) => `has ${entries(value)} entries; at most ${max} are taken`],
  arrayMinSize: ['too_short', (value, min) => `has ${entries(value)} entries; at least ${min} are needed`],
  maxJsonBytes: ['too_large', (value, max) => `has ${jsonBytes(value)} bytes as JSON; at most ${max} are taken`],
  min: ['out_of_range', (value, min) => `is ${quote(value)}; it must be at least ${min}`],
  max: ['out_of_range', (value, max) => `is ${quote(value)}; it must be at most ${max}`],
  isUuid: ['bad_format', (value) => `is ${quote(value)}; it must be a UUID`],
  isInstant: ['bad_format', (value) => `is ${quote(value)}; it must be an instant such as 2026-01-31T12:00:00Z`],
};

/** Rules that have no words here keep class-validator's, with one of these codes. */
const OTHER_CODES: Readonly<Partial<Record<string, FaultCode>>> = {
  isEnum: 'not_allowed_value',
  isIso8601: 'bad_format',
  matches: 'bad_format',
  isUrl: 'bad_format',
};

/** Every rule that the value of one property breaks; of a list whose entries are judged each, the entries that do. */
export function brokenRules(error: ValidationError): readonly BrokenRule[] {
  return Object.entries(error.constraints ?? {}).flatMap(([name, text]): readonly BrokenRule[] => {
    const rule = findRule(error, name);
    const [code, says] = EXPLAIN[name] ?? [OTHER_CODES[name] ?? 'wrong_type', () => withoutSubject(text, error.property)];
    const bound = rule?.constraints?.[0];
    if (!rule?.each || !Array.isArray(error.value)) return [{ code, index: null, says: says(error.value, bound) }];
    return failing(rule, error.value).map((index) => ({ code, index, says: says((error.value as unknown[])[index], bound) }));
  });
}

function findRule(error: ValidationError, name: string): Rule | undefined {
  const type = error.target?.constructor;
  if (typeof type !== 'function' || Array.isArray(error.target)) return undefined;
  const rules: readonly Rule[] = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return rules.find(
    (rule) => (rule as Rule & { propertyName: string }).propertyName === error.property && (rule.name ?? rule.type) === name,
  );
}

function failing(rule: Rule, values: readonly unknown[]): number[] {
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls as () => void);
  const args = { constraints: [...(rule.constraints ?? [])], value: values, targetName: '', object: {}, property: '' };
  return values.flatMap((value, index) => (constraint?.instance.validate(value, args) ? [] : [index]));
}

/** As the rule counts them: a surrogate pair is one. */
const characters = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0);

const entries = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

const list = (words: unknown): string => (Array.isArray(words) ? words.map(String).join(', ') : String(words));

function withoutSubject(text: string, property: string): string {
  return (text.startsWith(property) ? text.slice(property.length).trim() : text).replace(/\.$/, '');
}
