import { getMetadataStorage, ValidationTypes } from 'class-validator';

/**
 * Whether every rule that class-validator knows of this instance, and of the instances inside it, holds: its own rules and its own
 * judges, but looked up once per class, and without the report that it makes for every property of every object. Each event is read
 * by several services, and nearly all are right; what is wrong with the others is class-validator's to tell.
 */
export function rulesHold(instance: object): boolean {
  const fields = fieldsOf(instance.constructor as Class);
  return fields.length > 0 && fields.every((field) => fieldHolds(field, instance as Record<string, unknown>));
}

// A class, as class-validator keys its rules by; it is never called here.
type Class = () => void;

interface Field {
  readonly name: string;
  /** Of all that decide whether the field is judged at all; `@IsOptional` is one. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly judges: readonly Judge[];
  readonly isNested: boolean;
}

interface Judge {
  readonly isOfEach: boolean;
  holds(object: object, value: unknown): boolean;
}

/** What of class-validator's metadata is read here; its typings leave the last two out. */
interface Rule {
  readonly type: string;
  readonly propertyName: string;
  readonly constraints: readonly unknown[];
  readonly constraintCls: Class;
  readonly each: boolean;
  readonly validateIf?: (object: object, value: unknown) => boolean;
}

const known = new WeakMap<Class, readonly Field[]>();

function fieldsOf(type: Class): readonly Field[] {
  const fields = known.get(type) ?? readFields(type);
  known.set(type, fields);
  return fields;
}

function readFields(type: Class): readonly Field[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false) as unknown as readonly Rule[];
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) byName.set(rule.propertyName, [...(byName.get(rule.propertyName) ?? []), rule]);
  return [...byName].map(([name, all]) => ({
    name,
    conditions: all
      .filter(({ type: kind }) => kind === ValidationTypes.CONDITIONAL_VALIDATION)
      .map(({ constraints }) => constraints[0] as Field['conditions'][number]), // that is what the rule holds
    judges: all.filter(({ constraintCls }) => constraintCls).flatMap((rule) => judgesOf(rule, type.name)),
    isNested: all.some(({ type: kind }) => kind === ValidationTypes.NESTED_VALIDATION),
  }));
}

function judgesOf(rule: Rule, targetName: string): Judge[] {
  const { constraintCls, constraints, propertyName: property, each: isOfEach, validateIf } = rule;
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => ({
      isOfEach,
      holds: (object, value) =>
        (validateIf && !validateIf(object, value)) ||
        instance.validate(value, { constraints: constraints as unknown[], value, object, property, targetName }) === true,
    }));
}

function fieldHolds({ name, conditions, judges, isNested }: Field, object: Record<string, unknown>): boolean {
  const value = object[name];
  if (!conditions.every((applies) => applies(object, value))) return true;
  return judges.every((judge) => judgeHolds(judge, object, value)) && (!isNested || nestedHolds(value));
}

function judgeHolds(judge: Judge, object: object, value: unknown): boolean {
  if (!judge.isOfEach || !Array.isArray(value)) return judge.holds(object, value);
  return value.every((it: unknown) => judge.holds(object, it));
}

/** Lists in lists too: class-validator descends into whatever it is given. */
function nestedHolds(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(nestedHolds);
  return value instanceof Object && rulesHold(value);
}
