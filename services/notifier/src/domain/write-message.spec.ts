import { describe, expect, it } from '@jest/globals';
import { anAcceptedHandoff, aDecision, aRouting } from '@handoff/testing';
import type { HandoffRouted, PersonId, TeamId } from '@handoff/contracts';
import { arriving, withAccepted, withRouted, type DeskItem } from './desk-item.js';
import type { Person } from './rights.js';
import { answersFor, isPassedOnBy, messageFor } from './write-message.js';

const handoff = anAcceptedHandoff({ packet: { requested_by: 'ben' } });
const routed = aRouting(handoff);
const person = (subject: string): Person => ({
  subject: subject as PersonId,
  name: subject,
  roles: ['responder'],
  teams: ['support' as TeamId],
});
const ana = { handoffId: handoff.handoff_id, level: 1, cycle: 1, recipient: 'ana' };
const itemWith = (over: Partial<HandoffRouted> = {}): DeskItem =>
  withRouted(withAccepted(arriving(handoff.handoff_id, handoff.tenant), handoff, null), { ...routed, ...over });

describe('a copy', () => {
  it('has the answers that its reader may give: none for the one who wanted it', () => {
    const item = itemWith();
    expect(answersFor(ana, item, handoff.packet, person('ana'))).toContain('approve');
    expect(answersFor({ ...ana, recipient: 'ben' }, item, handoff.packet, person('ben'))).toEqual([]);
  });

  it('has none where somebody else was asked in its reader’s place, and says who', () => {
    const item = itemWith({ asked: ['chloe' as PersonId], why: 'Ana gave it to chloe.' });
    expect(answersFor(ana, item, handoff.packet, person('ana'))).toEqual([]);
    expect(messageFor(ana, item, handoff.packet, null, 'https://desk.test')).toMatchObject({
      copy: { news: 'Now with chloe. Ana gave it to chloe.' },
    });
  });

  it('keeps them where the handoff has moved to the next level: earlier ones may still answer', () => {
    const item = itemWith({ level: { number: 2, name: 'managers', of: 2 }, asked: ['chloe' as PersonId] });
    expect(answersFor(ana, item, handoff.packet, person('ana'))).toContain('approve');
  });

  it('is closed with the words of its end, and needs no packet for it', () => {
    const item: DeskItem = { ...itemWith(), state: 'ended' };
    const decision = aDecision(handoff, { decided_at: '2026-01-01T12:00:00Z' });
    expect(messageFor(ana, item, null, decision, 'https://desk.test')).toMatchObject({
      kind: 'closed',
      ending: 'ana approved this on 2026-01-01 12:00:00 UTC.',
    });
  });
});

it('is passed on within the same asking alone', () => {
  const [toBen, nextLevel] = [
    { ...routed, asked: ['ben' as PersonId] },
    { ...routed, level: { number: 2, name: 'managers', of: 2 }, asked: ['chloe' as PersonId] },
  ];
  expect(isPassedOnBy(routed, toBen)).toBe(true);
  expect(isPassedOnBy(toBen, routed)).toBe(false); // somebody more was asked, nobody less
  expect(isPassedOnBy(routed, nextLevel)).toBe(false);
  expect(isPassedOnBy(null, routed)).toBe(false);
});
