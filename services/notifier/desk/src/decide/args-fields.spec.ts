import { describe, expect, it } from '@jest/globals';
import { argumentOf, carryEdits, fieldsOf, readArgs } from './args-fields.js';

const fields = fieldsOf({ order: '1001', amount: 20, notify: true, coupon: null, lines: [1], to: { city: 'Rome' } });
const edit = (name: string, text: string) => readArgs(fields, new Map([[name, text]]));
const faultOf = (name: string, text: string) => {
  const read = edit(name, text);
  return read.kind === 'faults' ? read.faults.get(name) : undefined;
};

describe('readArgs', () => {
  it('gives the arguments back as they were when nothing was edited', () => {
    expect(readArgs(fields, new Map([['amount', '20']]))).toEqual({
      kind: 'ok',
      args: { order: '1001', amount: 20, notify: true, coupon: null, lines: [1], to: { city: 'Rome' } },
      changed: [],
    });
  });

  it('keeps every type: a text of digits stays text, a number stays a number', () => {
    expect(edit('order', '1002')).toMatchObject({ args: { order: '1002' }, changed: ['order'] });
    expect(edit('amount', ' 20.5 ')).toMatchObject({ args: { amount: 20.5 } });
    expect(edit('notify', 'false')).toMatchObject({ args: { notify: false } });
    expect(edit('lines', '[1, 2]')).toMatchObject({ args: { lines: [1, 2] } });
    expect(edit('to', '{"city":"Oslo"}')).toMatchObject({ args: { to: { city: 'Oslo' } } });
  });

  it('takes any JSON value where there was none', () => {
    expect(edit('coupon', '"SPRING"')).toMatchObject({ args: { coupon: 'SPRING' } });
  });

  it.each(['', 'twenty', '1,5', '0x10', '1e999', '9007199254740993'])('refuses %j as a number', (text) => {
    expect(faultOf('amount', text)).toMatch(/number/);
  });

  it('refuses what would change the shape', () => {
    expect(faultOf('lines', '{}')).toMatch(/list/);
    expect(faultOf('to', '[]')).toMatch(/object/);
    expect(faultOf('to', '{')).toMatch(/not valid JSON/);
    expect(faultOf('notify', 'yes')).toMatch(/true or false/);
  });

  it('keeps an argument named __proto__ as an argument', () => {
    const hostile = fieldsOf(JSON.parse('{"__proto__":"x"}') as Record<string, string>);
    const read = readArgs(hostile, new Map());
    expect(read.kind === 'ok' && JSON.stringify(read.args)).toBe('{"__proto__":"x"}');
  });
});

describe('carryEdits', () => {
  it('keeps edits of what a new version left alone, and drops those of what it changed or took away', () => {
    const edits = new Map([
      ['a', 'edited'],
      ['b', 'edited'],
      ['c', 'edited'],
    ]);
    expect(carryEdits(edits, { a: [1], b: 1, c: 1 }, { a: [1], b: 2 })).toEqual(new Map([['a', 'edited']]));
  });
});

describe('argumentOf', () => {
  it.each([
    ['args.amount', 'amount'],
    ['args.to.city', 'to'],
    ['args.lines[0]', 'lines'],
    ['args.to.city.zip', 'to'],
    ['message', null],
    ['args', null],
    ['args.unknown', null],
  ])('finds the field of %s', (path, name) => {
    expect(argumentOf(path, ['order', 'amount', 'lines', 'to'])).toBe(name);
  });

  it('prefers the longest name', () => {
    expect(argumentOf('args.to.city', ['to', 'to.city'])).toBe('to.city');
  });
});
