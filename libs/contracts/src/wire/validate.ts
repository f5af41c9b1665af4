import 'reflect-metadata';
import type { ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { fault, ok, refuse, type Fault, type Result } from '../errors.js';
import { isJsonObject } from '../json.js';
import { brokenRules, type BrokenRule } from './broken-rules.js';
import { describe } from './describe-value.js';
import { instantiate } from './instantiate.js';
import { rulesHold } from './rules-hold.js';

/** `value` as an instance of `type`, or everything that is wrong with it at once. Unknown properties are kept. */
export function validate<T extends object>(type: ClassConstructor<T>, value: unknown): Result<T> {
  if (!isJsonObject(value)) return refuse(fault('', 'wrong_type', `Expected a JSON object, got ${describe(value)}.`));
  const instance = instantiate(type, value);
  if (rulesHold(instance)) return ok(instance);
  const errors = validateSync(instance, { forbidUnknownValues: true });
  return errors.length === 0 ? ok(instance) : refuse(...errors.flatMap((error) => faultsOf(error, '')));
}

function faultsOf(error: ValidationError, parent: string): Fault[] {
  const path = join(parent, error.property);
  const rules = brokenRules(error);
  if (rules.length > 0 && error.value === undefined) return [fault(path, 'missing', `${path} is missing.`)];
  // What has the wrong type breaks the rules on length and format as well, and those inside it; they would only hide it.
  const wrongType = rules.filter(({ code }) => code === 'wrong_type');
  const whole = wrongType.find(({ index }) => index === null);
  const shown = whole ? [whole] : withoutRepeats(rules, wrongType);
  const told = shown.map(({ index, code, says }) => {
    const at = index === null ? path : `${path}[${index}]`;
    return fault(at, code, `${at} ${says}.`);
  });
  if (whole) return told;
  const named = new Set(told.map((it) => it.path));
  const nested = (error.children ?? []).flatMap((child) => faultsOf(child, path));
  return [...told, ...nested.filter((it) => !named.has(it.path))];
}

function withoutRepeats(rules: readonly BrokenRule[], wrongType: readonly BrokenRule[]): readonly BrokenRule[] {
  const wrong = new Set(wrongType.map(({ index }) => index));
  return [...wrongType, ...rules.filter((rule) => !wrong.has(rule.index))];
}

function join(parent: string, property: string | undefined): string {
  if (property === undefined) return parent; // an object that the validator has no rules for
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent ? `${parent}.${property}` : property;
}
