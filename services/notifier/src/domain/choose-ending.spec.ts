import { describe, expect, it } from '@jest/globals';
import { actionDigest, DECISION_TYPES, type PersonId } from '@handoff/contracts';
import { aPacket } from '@handoff/testing';
import type { Answer } from './answer.js';
import { allowedDecisions, chooseEnding } from './choose-ending.js';

const ana = { subject: 'ana' as PersonId, level: 1, channel: 'desk' } as const;
const answer = (over: Partial<Answer>): Answer => ({ packet_version: 1, type: 'approve', ...over });
const packet = aPacket();
const asked = { actionDigest: actionDigest(packet.recommended_action), masked: [] };

describe('the answers that a packet allows', () => {
  it('are all five where the agent says nothing', () => {
    expect(allowedDecisions(packet)).toEqual([...DECISION_TYPES]);
  });

  it('are those that the agent names', () => {
    expect(allowedDecisions(aPacket({ allowed_decisions: ['approve', 'reject'] }))).toEqual(['approve', 'reject']);
  });

  it('have nothing to approve or edit where nothing is recommended', () => {
    expect(allowedDecisions(aPacket({ recommended_action: '' }))).toEqual(['reject', 'respond', 'take_over']);
  });

  it('are never none', () => {
    expect(allowedDecisions(aPacket({ recommended_action: '', allowed_decisions: ['approve'] }))).toEqual([
      'reject',
      'respond',
      'take_over',
    ]);
  });
});

describe('a person’s answer', () => {
  it('approves what was recommended, and nothing of the words around it', () => {
    const { kind, name, args } = packet.recommended_action;
    expect(chooseEnding(asked, packet, answer({}), ana)).toMatchObject({
      kind: 'ok',
      value: { type: 'approve', action: { kind, name, args }, actionDigest: actionDigest(packet.recommended_action), decidedBy: [ana] },
    });
  });

  it('approves the action as its agent sent it, whose digest intake has told: here it may be masked', () => {
    const ending = chooseEnding({ actionDigest: 'of the original', masked: ['/recommended_action/args/amount'] }, packet, answer({}), ana);
    expect(ending).toMatchObject({ value: { actionDigest: 'of the original' } });
  });

  it('edits the arguments alone, and the digest is the edited action’s', () => {
    const args = { order_id: '4711', amount: 1 };
    const ending = chooseEnding(asked, packet, answer({ type: 'edit', args }), ana);
    expect(ending).toMatchObject({
      value: { action: { name: 'refund_order', args }, actionDigest: actionDigest({ kind: 'tool_call', name: 'refund_order', args }) },
    });
  });

  it.each(['reject', 'take_over'] as const)('%s leaves no action', (type) => {
    expect(chooseEnding(asked, packet, answer({ type }), ana)).toMatchObject({ value: { type, action: null, actionDigest: null } });
  });

  it('responds with words, and not without', () => {
    expect(chooseEnding(asked, packet, answer({ type: 'respond', message: '  Ask for a photo. ' }), ana)).toMatchObject({
      value: { message: 'Ask for a photo.' },
    });
    expect(chooseEnding(asked, packet, answer({ type: 'respond', message: '  ' }), ana)).toMatchObject({
      faults: [{ path: 'message', code: 'empty' }],
    });
  });

  it('is refused where the agent does not take it', () => {
    const strict = aPacket({ allowed_decisions: ['approve', 'reject'] });
    expect(chooseEnding(asked, strict, answer({ type: 'take_over' }), ana)).toMatchObject({
      faults: [{ path: 'type', code: 'not_allowed_value' }],
    });
  });
});
