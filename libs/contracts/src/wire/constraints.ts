import 'reflect-metadata';
import { Type, type ClassConstructor } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateBy, ValidateNested, type ValidationOptions } from 'class-validator';

/** An object of that class. `ValidateNested` alone would take a list in its place. */
export function Nested(type: () => ClassConstructor<object>): PropertyDecorator {
  return all(IsObject(), ValidateNested(), Type(type));
}

/** A list of objects of that class, at most `max` of them. */
export function NestedList(type: () => ClassConstructor<object>, max?: number): PropertyDecorator {
  const bound = max === undefined ? [] : [ArrayMaxSize(max)];
  return all(IsArray(), ...bound, IsObject({ each: true }), ValidateNested({ each: true }), Type(type));
}

const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** A value's size as JSON in UTF-8; a field that holds free JSON is bounded by it. */
export function MaxJsonBytes(max: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'maxJsonBytes',
      constraints: [max],
      validator: {
        validate: (value: unknown) => value === undefined || jsonBytes(value) <= max,
        defaultMessage: () => `$property must be at most ${max} bytes as JSON`,
      },
    },
    options,
  );
}

export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

// An offset beyond ±15:59 is no zone on earth, and Postgres refuses it; so it does the year 0.
const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/;

export const isInstant = (value: unknown): value is string => typeof value === 'string' && INSTANT.test(value) && isRealDate(value);

/** RFC 3339 with an offset; "2026-02-30T…" and a time without an offset are refused. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: () => `$property must be an instant such as 2026-01-31T12:00:00Z`,
      },
    },
    options,
  );
}

function isRealDate(value: string): boolean {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC would take the years 0 to 99 for 1900 to 1999
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
