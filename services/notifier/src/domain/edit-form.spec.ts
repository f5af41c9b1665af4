import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '@handoff/contracts';
import { formFor, readForm } from './edit-form.js';

const written = (args: JsonObject) => new Map(formFor(args).map(({ name, value }) => [name, value]));

describe('a form of an action’s arguments', () => {
  it('gives back what went in, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((it) => it !== '__proto__'),
          fc.jsonValue({ maxDepth: 2 }),
        ),
        (value) => {
          const args = JSON.parse(JSON.stringify(value)) as JsonObject;
          expect(readForm(formFor(args), written(args))).toEqual({ kind: 'ok', value: args });
        },
      ),
    );
  });

  it('keeps a number a number, and says where one is none', () => {
    const args = { amount: 129.5, note: '5', urgent: true, lines: [1] };
    const edited = new Map([...written(args), ['amount', '50'], ['note', '7']]);
    expect(readForm(formFor(args), edited)).toEqual({ kind: 'ok', value: { ...args, amount: 50, note: '7' } });
    const wrong = new Map([...written(args), ['amount', 'a lot'], ['urgent', '1'], ['lines', '[']]);
    expect(readForm(formFor(args), wrong)).toMatchObject({
      kind: 'faults',
      faults: [{ path: 'args.amount' }, { path: 'args.urgent' }, { path: 'args.lines' }],
    });
  });
});
