import { describe, expect, it } from '@jest/globals';
import type { Packet } from '@handoff/contracts';
import { numbersIn, proseOf, unnamedValues } from './unnamed-values.js';

const unnamed = (args: Parameters<typeof unnamedValues>[0], prose: string) => [...unnamedValues(args, prose)];

describe('arguments beside the prose', () => {
  it('are marked where they hold an amount that the prose does not name', () => {
    expect(unnamed({ amount: 980 }, 'Refund 98.00 EUR to the card')).toEqual(['amount']);
    expect(unnamed({ amount: 98 }, 'Refund 98.00 EUR to the card')).toEqual([]);
    expect(unnamed({ amount: '980' }, 'Refund 98.00 EUR')).toEqual(['amount']);
    expect(unnamed({ amount: '98.00' }, 'Refund 98 EUR')).toEqual([]);
  });

  it('are marked where they hold an id, an account or an address that it does not name', () => {
    const prose = 'Pay order W-4711 to ana@example.test, see shop.example';
    expect(unnamed({ order: 'W-4712', to: 'ana@example.com', host: 'shop.example' }, prose)).toEqual(['order', 'to']);
    expect(unnamed({ order: 'w-4711', to: 'ana@example.test' }, prose)).toEqual([]);
  });

  it('are marked by name, however deep the value lies', () => {
    expect(unnamed({ payments: [{ iban: 'DE02120300000000202051' }], note: 'as agreed' }, 'Pay as agreed')).toEqual(['payments']);
  });

  it('are left alone where nothing depends on them: words, switches, ones and noughts', () => {
    expect(unnamed({ reason: 'arrived broken', notify: true, copies: 1, discount: 0, note: null }, '')).toEqual([]);
  });

  it('hold the same amount however it is written', () => {
    for (const written of ['1,290.50', '1.290,50', '1290.5', '1 290,50', "1'290.50"])
      expect(numbersIn(`of ${written} EUR`)).toContain(1290.5);
    expect(numbersIn('orders 12 34')).toEqual(expect.arrayContaining([12, 34]));
  });

  it('are held against all that the agent said in words, not against its data', () => {
    const packet = {
      original_request: 'one',
      current_state: { text: 'two', value: 'hidden' },
      reason_for_escalation: { text: 'three' },
      recommended_action: { rationale: 'four', args: { a: 'hidden' } },
      steps_completed: [{ action: 'five', summary: 'six', args: 'hidden' }],
    } as unknown as Packet; // only what is read
    expect(proseOf(packet).split('\n')).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  });
});
