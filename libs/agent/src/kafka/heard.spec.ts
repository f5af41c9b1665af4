import type { HandoffAccepted, HandoffDecision, Kind } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { isAwaited, isHeard, withSaid, type Heard, type Said } from './heard.js';

const HANDOFF = { handoff_id: 'a', task_id: 'refund-881' };
const acceptance = (over: object = {}, packet: object = {}): Said => ({
  topic: 'accepted',
  event: {
    ...{ ...HANDOFF, packet_version: 1, kind: 'escalation', masked: [], completeness: { score: 1, warnings: [] } },
    packet: { idempotency_key: 'k', ...packet },
    ...over,
  } as unknown as HandoffAccepted, // as far as it is read
});
const decision: Said = { topic: 'decision', event: { ...HANDOFF, type: 'approve' } as HandoffDecision }; // the same
const endOf = (kind: Kind): Said => ({
  topic: 'decision',
  event: { ...HANDOFF, agent_id: 'cups', kind, type: 'approve' } as HandoffDecision,
});
const heard = (...said: readonly Said[]): Heard => said.reduce<Heard | undefined>(withSaid, undefined) as Heard; // at least one

describe('what the topics say', () => {
  it('is put together in whichever order it comes', () => {
    const one = heard(acceptance(), decision);
    expect(heard(decision, acceptance())).toEqual(one);
    expect(one).toMatchObject({ key: 'k', packet_version: 1, decision: { type: 'approve' }, sequence: 2 });
  });

  it.each([
    ['what it asked', acceptance({ agent_id: 'me' }), true],
    ['what it passed on', acceptance({ agent_id: 'me', kind: 'transfer' }), true],
    ['what it gave', acceptance({ agent_id: 'cups', kind: 'delegation' }, { delegation: { delegated_by: 'agent:me' } }), true],
    ['what it was given', acceptance({ agent_id: 'me', kind: 'delegation' }, { delegation: { delegated_by: 'ana' } }), false],
    ['what others asked', acceptance({ agent_id: 'cups' }), false],
  ])('is waited for by an agent or not, until it is decided: %s', (_, said, isIts) => {
    expect(isAwaited(heard(said), 'me')).toBe(isIts);
    expect(isAwaited(heard(said, decision), 'me')).toBe(false);
  });

  it.each([
    ['what it asked', acceptance({ agent_id: 'me' }), true],
    ['what others asked', acceptance({ agent_id: 'cups' }), false],
    ['what was given to another, by whomever', acceptance({ agent_id: 'cups', kind: 'delegation' }), true],
    ['the end of that, before its beginning', endOf('delegation'), true],
    ['the end of what others asked', endOf('escalation'), false],
  ])('is kept by an agent that knows nothing of it yet, or not: %s', (_, said, isKept) => {
    expect(isHeard(said, 'me')).toBe(isKept);
  });
});
