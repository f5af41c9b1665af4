import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, type AgentId } from '@handoff/contracts';
import { aPolicy } from './builders.for-spec.js';
import { chooseRule } from './choose-rule.js';
import type { Facts } from './facts.js';

const levels = [{ name: 'One', target: { team: 'support' } }];
const policy = aPolicy([], {
  rules: [
    { id: 'fraud', match: { reason_code: 'safety_or_fraud' }, levels },
    { id: 'urgent-refunds', match: { urgency: ['high', 'medium'], agent: 'refunds' }, levels },
    { id: 'tagged', match: { tags: ['vip', 'press'] }, levels },
    { id: 'default', match: {}, levels },
  ],
});
const facts: Facts = {
  tenant: DEFAULT_TENANT,
  amount: null,
  action: 'refund',
  kind: 'escalation',
  urgency: 'low',
  reasonCode: 'other',
  agentId: 'refunds' as AgentId,
  tags: [],
};
const ruleFor = (over: Partial<Facts>): string => chooseRule(policy, { ...facts, ...over }).id;

describe('the rule of a handoff', () => {
  it('is the first that matches, though a later one would too', () => {
    expect(ruleFor({ reasonCode: 'safety_or_fraud', urgency: 'high' })).toBe('fraud');
  });

  it('needs every field that its match names', () => {
    expect(ruleFor({ urgency: 'high' })).toBe('urgent-refunds');
    expect(ruleFor({ urgency: 'high', agentId: 'claims' as AgentId })).toBe('default');
  });

  it('matches by any one of the tags that it lists', () => {
    expect(ruleFor({ tags: ['new', 'press'] })).toBe('tagged');
  });

  it('is the catch-all where nothing else matches', () => {
    expect(ruleFor({})).toBe('default');
  });
});
