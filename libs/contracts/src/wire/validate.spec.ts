import { describe, expect, it } from '@jest/globals';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsInstant, MaxJsonBytes, Nested, NestedList } from './constraints.js';
import { validate } from './validate.js';

class Wheel {
  @IsInt() @Min(1) @Max(30) readonly size!: number;
}

class Bike {
  @IsString() @IsNotEmpty() @MaxLength(5) readonly name!: string;
  @IsIn(['road', 'city']) readonly kind!: string;
  @NestedList(() => Wheel, 2) readonly wheels!: readonly Wheel[];
  @IsOptional() @Nested(() => Wheel) readonly spare?: Wheel;
  @IsOptional() @IsArray() @ArrayMaxSize(3) @IsString({ each: true }) @MaxLength(3, { each: true }) readonly tags?: readonly string[];
  @IsOptional() @IsInstant() readonly sold_at?: string;
  @IsOptional() @MaxJsonBytes(10) readonly notes?: unknown;
  @IsOptional() @Matches(/^[a-z]+$/) readonly code?: string;
}

const bike = { name: 'Lina', kind: 'road', wheels: [{ size: 28 }, { size: 28 }] };
const faultsOf = (changes: object): unknown => {
  const checked = validate(Bike, { ...bike, ...changes });
  return checked.kind === 'ok' ? [] : checked.faults.map(({ path, code, message }) => [path, code, message]);
};

describe('validate', () => {
  it('makes instances of the class and of the classes inside it, and keeps unknown properties', () => {
    const checked = validate(Bike, { ...bike, bell: true });
    expect(checked).toMatchObject({ kind: 'ok', value: { bell: true } });
    expect(checked.kind === 'ok' && [checked.value, checked.value.wheels[0]]).toEqual([expect.any(Bike), expect.any(Wheel)]);
  });

  it('leaves free JSON as it is, whatever its keys are', () => {
    const notes: unknown = JSON.parse('{"constructor":"x"}');
    expect(validate(Bike, { ...bike, notes: 1, other: notes })).toMatchObject({ kind: 'ok', value: { other: notes } });
    expect(validate(Bike, JSON.parse(`{"constructor":1,"__proto__":{"name":"Lina"}}`))).toMatchObject({ kind: 'faults' });
  });

  it('tells everything that is wrong at once', () => {
    expect(faultsOf({ name: '', kind: 'race', wheels: [{ size: 0 }, { size: 28 }] })).toEqual([
      ['name', 'empty', 'name is empty; it must say something.'],
      ['kind', 'not_allowed_value', 'kind is "race"; it must be one of road, city.'],
      ['wheels[0].size', 'out_of_range', 'wheels[0].size is 0; it must be at least 1.'],
    ]);
  });

  it.each([
    [{ name: undefined }, 'name', 'missing', 'name is missing.'],
    [{ name: null }, 'name', 'wrong_type', 'name must be a text, not null.'],
    [{ name: 7 }, 'name', 'wrong_type', 'name must be a text, not a number.'],
    [{ name: 'Amsterdam' }, 'name', 'too_long', 'name has 9 characters; at most 5 are taken.'],
    [{ wheels: {} }, 'wheels', 'wrong_type', 'wheels must be a list, not an object.'],
    [{ wheels: [{ size: 1 }, { size: 1 }, { size: 1 }] }, 'wheels', 'too_many', 'wheels has 3 entries; at most 2 are taken.'],
    [{ wheels: ['big'] }, 'wheels[0]', 'wrong_type', 'wheels[0] must be an object, not a text.'],
    [{ wheels: [[]] }, 'wheels[0]', 'wrong_type', 'wheels[0] must be an object, not a list.'],
    [{ wheels: [{ size: 1.5 }] }, 'wheels[0].size', 'wrong_type', 'wheels[0].size must be a whole number, not 1.5.'],
    [{ spare: [] }, 'spare', 'wrong_type', 'spare must be an object, not a list.'],
    [{ spare: 'one' }, 'spare', 'wrong_type', 'spare must be an object, not a text.'],
    [{ tags: ['new', 5] }, 'tags[1]', 'wrong_type', 'tags[1] must be a text, not a number.'],
    [{ tags: ['new', 'cheap'] }, 'tags[1]', 'too_long', 'tags[1] has 5 characters; at most 3 are taken.'],
    [{ sold_at: 'today' }, 'sold_at', 'bad_format', 'sold_at is "today"; it must be an instant such as 2026-01-31T12:00:00Z.'],
    [{ notes: 'twelve bytes' }, 'notes', 'too_large', 'notes has 14 bytes as JSON; at most 10 are taken.'],
    [{ code: 'A' }, 'code', 'bad_format', 'code must match /^[a-z]+$/ regular expression.'],
  ])('says in plain words what is wrong with %j', (changes, ...fault) => {
    expect(faultsOf(changes)).toEqual([fault]);
  });

  it.each([[null], ['text'], [[]], [5]])('wants an object, not %j', (value) => {
    expect(validate(Bike, value)).toMatchObject({ kind: 'faults', faults: [{ path: '', code: 'wrong_type' }] });
  });

  it('does not repeat a long value in its message', () => {
    expect(JSON.stringify(faultsOf({ kind: '😀'.repeat(5000) })).length).toBeLessThan(250);
  });

  it.each([
    ['2026-01-31T12:00:00Z', true],
    ['2026-01-31T12:00+02:00', true],
    ['2024-02-29T23:59:59.123456789-11:30', true],
    ['2026-02-29T12:00:00Z', false],
    ['2026-13-01T12:00:00Z', false],
    ['2026-01-31T24:00:00Z', false],
    ['2026-01-31T12:00:00', false],
    ['2026-01-31', false],
    ['0000-01-01T00:00:00Z', false],
    ['2026-01-31T12:00:00+99:00', false],
  ])('knows whether %s is an instant that Postgres can keep: %s', (sold_at, isOne) => {
    expect(validate(Bike, { ...bike, sold_at }).kind).toBe(isOne ? 'ok' : 'faults');
  });
});
