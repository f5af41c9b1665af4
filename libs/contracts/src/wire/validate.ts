import 'reflect-metadata';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { fault, ok, refuse, type Fault, type FaultCode, type Result } from '../errors.js';
import { isJsonObject } from '../json.js';

/** class-validator's constraint names, as the stable codes that a refusal carries. */
const CODES: Readonly<Record<string, FaultCode>> = {
  isDefined: 'missing',
  isNotEmpty: 'empty',
  arrayNotEmpty: 'empty',
  isIn: 'not_allowed_value',
  isEnum: 'not_allowed_value',
  equals: 'not_allowed_value',
  maxLength: 'too_long',
  minLength: 'too_short',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_short',
  maxJsonBytes: 'too_large',
  min: 'out_of_range',
  max: 'out_of_range',
  isUuid: 'bad_format',
  isIso8601: 'bad_format',
  isInstant: 'bad_format',
  matches: 'bad_format',
  isUrl: 'bad_format',
};

/** `value` as an instance of `type`, or everything that is wrong with it at once. Unknown properties are kept. */
export function validate<T extends object>(type: ClassConstructor<T>, value: unknown): Result<T> {
  if (!isJsonObject(value)) return refuse(fault('', 'wrong_type', `Expected a JSON object, got ${describe(value)}.`));
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, { forbidUnknownValues: true, validationError: { target: false } });
  return errors.length === 0 ? ok(instance) : refuse(...errors.flatMap((error) => faultsOf(error, '')));
}

function faultsOf(error: ValidationError, parent: string): Fault[] {
  const path = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : parent ? `${parent}.${error.property}` : error.property;
  const nested = (error.children ?? []).flatMap((child) => faultsOf(child, path));
  const own = Object.entries(error.constraints ?? {});
  if (own.length === 0) return nested;
  if (error.value === undefined) return [fault(path, 'missing', `${path} is missing.`)];
  // A value of the wrong type breaks the length and format rules as well; those would only hide what is wrong.
  const typeFault = own.find(([name]) => !(name in CODES));
  const shown = typeFault ? [typeFault] : own;
  return [...shown.map(([name, text]) => fault(path, CODES[name] ?? 'wrong_type', sentence(path, error.property, text))), ...nested];
}

function sentence(path: string, property: string, text: string): string {
  const rest = text.startsWith(property) ? text.slice(property.length).trim() : text;
  return `${path} ${rest}.`.replace(/\.\.$/, '.');
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
