import { describe, expect, it } from '@jest/globals';
import type { PolicyLevel } from '../api/use-policy.js';
import { endWords, levelWords, matchWords, targetWords } from './policy-words.js';

const level: PolicyLevel = {
  name: 'Support',
  target: { team: 'support', people: null, skills: null, ask: null },
  decide_within: 900,
  ack_within: null,
  ladder: [
    { channel: 'webhook', after_seconds: 0, mandatory: false },
    { channel: 'email', after_seconds: 60, mandatory: true },
  ],
  answers_needed: 1,
  repeat: 0,
  skip_if: null,
};

describe('a rule in words', () => {
  it('says what it is for', () => {
    expect(matchWords({})).toBe('Everything that no rule before it matches');
    expect(matchWords({ urgency: ['high', 'medium'], reason_code: ['authority_limit'], tenant: 'acme' })).toBe(
      'Where the urgency is High or Medium, and the reason is Above its authority, and the tenant is acme',
    );
    expect(matchWords({ amount: { unit: 'EUR', over: 100, up_to: 500 } })).toBe('Where the amount is over 100 and up to 500 EUR');
    expect(matchWords({ amount: { unit: 'EUR', over: 100 } })).toBe('Where the amount is over 100 EUR');
  });

  it('says of a level whom it asks, how, and for how long', () => {
    expect(levelWords(level)).toEqual([
      'To be decided within 15 min, acknowledged in the usual time of its class',
      'Webhook at once, E-mail after 1 min (not to be muted)',
    ]);
    expect(levelWords({ ...level, answers_needed: 2, repeat: 3 }).slice(2)).toEqual(['2 must agree', 'Asked again 3 times']);
    expect(levelWords({ ...level, skip_if: { urgency: ['low'], off_hours: 'office' } })[2]).toBe(
      'Passed over outside the hours of office, where the urgency is Low',
    );
    expect(targetWords({ team: 'support', people: null, skills: ['german', 'payments'], ask: 1 })).toBe(
      'team support, with german and payments, the one with the least to do',
    );
  });

  it('says how it ends, or what this page does not know yet by its own name', () => {
    expect(endWords({ do: 'hold_and_page' })).toMatch(/^It is held/);
    expect(endWords({ do: 'reject' })).toBe('It is rejected');
    expect(endWords({ do: 'approve', actions: ['resend_mail'] })).toMatch(
      /^It is approved where the action is resend_mail; else it is held/,
    );
    expect(endWords({ do: 'give_up' })).toBe('give_up');
  });
});
