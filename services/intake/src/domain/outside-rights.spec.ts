import { describe, expect, it } from '@jest/globals';
import type { DecisionRights, OwnDecision } from '@handoff/contracts';
import { outsideRights } from './outside-rights.js';

const RIGHTS: DecisionRights = {
  may: ['choose the supplier'],
  must_ask: ['sign a contract'],
  authority: [{ unit: 'EUR', up_to: 50 }],
};
const eur = (value: number) => ({ value, unit: 'EUR' });

describe('what an agent decided by itself', () => {
  it.each<[string, OwnDecision, string | null]>([
    ['a right by its own words', { text: 'Acme', under: 'choose the supplier' }, null],
    ['the right itself', { text: 'choose the supplier' }, null],
    ['an amount up to its limit', { text: 'Paid for samples', amount: eur(50) }, null],
    ['what it had to ask about', { text: 'Signed with Acme', under: 'sign a contract' }, 'must_ask'],
    ['that within an amount as well', { text: 'sign a contract', amount: eur(1) }, 'must_ask'],
    ['an amount above its limit', { text: 'Paid', under: 'choose the supplier', amount: eur(51) }, 'over_authority'],
    ['a unit that it may decide nothing in', { text: 'Paid', amount: { value: 1, unit: 'USD' } }, 'over_authority'],
    ['what no right names', { text: 'Hired somebody' }, 'not_in_rights'],
    ['a right that it has not, whatever the amount', { text: 'Paid', under: 'hire people', amount: eur(1) }, 'not_in_rights'],
  ])('is judged: %s', (_, decision, outside) => {
    expect(outsideRights(RIGHTS, decision)).toBe(outside);
  });

  it('is within a task that has no bounds', () => {
    expect(outsideRights(undefined, { text: 'Hired somebody' })).toBeNull();
    expect(outsideRights({}, { text: 'Hired somebody' })).toBe('not_in_rights');
  });
});
