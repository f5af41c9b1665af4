import { describe, expect, it } from '@jest/globals';
import type { PersonId, TeamId } from '@handoff/contracts';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import { arriving, withAccepted } from './desk-item.js';
import { rightToDecide, type Person } from './rights.js';

const ana: Person = { subject: 'ana' as PersonId, name: 'Ana', roles: ['responder'], teams: ['support' as TeamId] };
const handoff = anAcceptedHandoff();
const routed = aRouting(handoff);
const acceptedOf = (it = handoff) => {
  const { accepted } = withAccepted(arriving(it.handoff_id, it.tenant), it, null);
  if (!accepted) throw new Error('The handoff was not accepted.');
  return accepted;
};

describe('the right to decide', () => {
  it('is that of everybody in a team that was asked, at this level or before', () => {
    expect(rightToDecide(ana, acceptedOf(), routed).kind).toBe('may');
    expect(rightToDecide(ana, acceptedOf(), { ...routed, may_decide: ['managers', 'support'] as TeamId[] }).kind).toBe('may');
  });

  it.each([
    ['somebody of another team', { ...ana, teams: ['sales' as TeamId] }],
    ['somebody who may only look', { ...ana, roles: ['viewer' as const] }],
    ['somebody without a role', { ...ana, roles: [] }],
  ])('is not that of %s', (_, person) => {
    expect(rightToDecide(person, acceptedOf(), routed).kind).toBe('may-not');
  });

  it('is not that of whoever wanted the task done', () => {
    const own = anAcceptedHandoff({ packet: { requested_by: 'ana' } });
    expect(rightToDecide(ana, acceptedOf(own), routed)).toMatchObject({ kind: 'may-not', because: expect.stringContaining('yourself') });
  });
});
