import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@handoff/contracts';
import { aPacket } from '@handoff/testing';
import { amountOf, withinAuthority } from './authority.js';
import { ana, aPerson } from './items.for-spec.js';

const refund = (args: JsonObject, requested = 900) =>
  aPacket({ recommended_action: { kind: 'tool_call', name: 'refund', args }, authority: { requested, unit: 'EUR' } });
const answer = (type: 'approve' | 'edit' | 'reject' | 'respond' | 'take_over', args?: JsonObject) => ({
  packet_version: 1,
  type,
  ...(args ? { args } : {}),
});

describe('the amount of an answer', () => {
  it.each(['approve', 'take_over'] as const)('is what the packet asks for: %s', (type) => {
    expect(amountOf(refund({ amount: 900 }), answer(type))).toEqual({ value: 900, unit: 'EUR' });
  });

  it.each(['reject', 'respond'] as const)('is none where nothing is set free: %s', (type) => {
    expect(amountOf(refund({ amount: 900 }), answer(type))).toBeNull();
  });

  it('is none where the packet names none', () => {
    expect(amountOf(aPacket(), answer('approve'))).toBeNull();
  });

  it('of an edit is what stands then in the argument that held it', () => {
    expect(amountOf(refund({ amount: 900, order: 7 }), answer('edit', { amount: 400, order: 5000 }))?.value).toBe(400);
    expect(amountOf(refund({ line: { amount: '900' } }), answer('edit', { line: { amount: '1200' } }))?.value).toBe(1200);
  });

  it('of an edit where no argument held it is the largest number that was changed, and no less than before', () => {
    expect(amountOf(refund({ cents: 90_000 }), answer('edit', { cents: 95_000 }))?.value).toBe(95_000);
    expect(amountOf(refund({ cents: 90_000 }), answer('edit', { cents: 5 }))?.value).toBe(900);
  });
});

describe('a person’s authority', () => {
  const limited = aPerson('ana', { authority: [{ unit: 'EUR', up_to: 500 }] });

  it('reaches as far as the policy says, and not beyond', () => {
    expect(withinAuthority(limited, { value: 500, unit: 'EUR' }).kind).toBe('may');
    expect(withinAuthority(limited, { value: 500.01, unit: 'EUR' })).toMatchObject({
      because: 'This is about 500.01 EUR, and you may decide up to 500 EUR; escalate it, or reassign it.',
    });
  });

  it('reaches over no unit that it does not name', () => {
    expect(withinAuthority(limited, { value: 1, unit: 'USD' }).kind).toBe('may-not');
  });

  it('is not limited where the policy limits nobody, or nothing is at stake', () => {
    expect(withinAuthority(ana, { value: 1e9, unit: 'EUR' }).kind).toBe('may');
    expect(withinAuthority(limited, null).kind).toBe('may');
  });
});
