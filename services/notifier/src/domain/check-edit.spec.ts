import { describe, expect, it } from '@jest/globals';
import { aPacket } from '@handoff/testing';
import type { JsonObject } from '@handoff/contracts';
import { checkEdit } from './check-edit.js';

const action = (args: JsonObject) => ({ kind: 'tool_call', name: 'refund_order', args });
const args = { order_id: '4711', amount: 129.5, notify: true, lines: ['a'], note: null };
const plain = aPacket({ recommended_action: action(args) });
const pathsOf = (packet = plain, edited: JsonObject | null) => {
  const checked = checkEdit(packet, edited);
  return checked.kind === 'ok' ? [] : checked.faults.map(({ path, code }) => `${path}: ${code}`);
};

describe('an edit', () => {
  it('may change every value within its type', () => {
    const edited = { order_id: '4712', amount: 0, notify: false, lines: [], note: 'was absent' };
    expect(checkEdit(plain, edited)).toEqual({ kind: 'ok', value: edited });
  });

  it.each([
    ['a number as text', { ...args, amount: '129.5' }, 'args.amount: wrong_type'],
    ['a text as a number', { ...args, order_id: 4711 }, 'args.order_id: wrong_type'],
    ['a list as an object', { ...args, lines: {} }, 'args.lines: wrong_type'],
    ['a value taken away', { ...args, amount: null }, 'args.amount: wrong_type'],
    ['an argument left out', { order_id: '4711', amount: 1, notify: true, lines: [] }, 'args.note: missing'],
    ['an argument that the action does not have', { ...args, currency: 'EUR' }, 'args.currency: not_allowed_value'],
  ])('is refused at its field: %s', (_, edited, fault) => {
    expect(pathsOf(plain, edited)).toEqual([fault]);
  });

  it('names everything that is wrong at once', () => {
    expect(pathsOf(plain, { ...args, amount: 'x', notify: 'y' })).toEqual(['args.amount: wrong_type', 'args.notify: wrong_type']);
  });

  it('needs arguments', () => {
    expect(pathsOf(plain, null)).toEqual(['args: missing']);
  });

  it('is judged by the agent’s own schema where it sent one', () => {
    const args_schema = {
      type: 'object',
      properties: { amount: { type: 'number', maximum: 200 } },
      required: ['amount'],
      additionalProperties: false,
    };
    const packet = aPacket({ recommended_action: action({ amount: 129.5 }), args_schema });
    expect(pathsOf(packet, { amount: 150 })).toEqual([]);
    expect(pathsOf(packet, { amount: 500 })).toEqual(['args.amount: not_allowed_value']);
    expect(pathsOf(packet, { amount: 1, note: 'x' })).toEqual(['args.note: not_allowed_value']);
    expect(pathsOf(packet, {})).toEqual(['args.amount: not_allowed_value']);
  });

  it('keeps the types even where the schema is none', () => {
    const packet = aPacket({ recommended_action: action({ amount: 1 }), args_schema: { type: 'nonsense' } });
    expect(pathsOf(packet, { amount: 'one' })).toEqual(['args.amount: wrong_type']);
  });

  describe('of an action with masked leaves', () => {
    const before = { amount: 10, token: '[masked]', card: { cvv: 0, holder: 'Ana' } };
    const masked = ['/resume/token', '/recommended_action/args/token', '/recommended_action/args/card/cvv'];
    const args_schema = { properties: { token: { pattern: '^tok_' }, amount: { maximum: 20 } } };
    const packet = aPacket({ recommended_action: action(before), args_schema });
    const faultsOf = (edited: JsonObject) => {
      const checked = checkEdit(packet, edited, masked);
      return checked.kind === 'ok' ? [] : checked.faults.map(({ path, code }) => `${path}: ${code}`);
    };

    it('takes what is around them, whatever the schema says of what nobody sees', () => {
      expect(faultsOf({ ...before, amount: 12, card: { cvv: 0, holder: 'Ben' } })).toEqual([]);
      expect(faultsOf({ ...before, amount: 30 })).toEqual(['args.amount: not_allowed_value']);
    });

    it('refuses another value for them, and none', () => {
      expect(faultsOf({ ...before, token: 'tok_mine', card: { cvv: 123, holder: 'Ana' } })).toEqual([
        'args.token: masked_value',
        'args.card.cvv: masked_value',
      ]);
      expect(faultsOf({ amount: 10, card: {} })).toEqual(['args.token: masked_value', 'args.card.cvv: masked_value']);
    });
  });
});
