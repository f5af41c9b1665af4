import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  newId,
  readDelegation,
  type AgentId,
  type DeliveredWork,
  type HandoffId,
  type JsonObject,
  type OfferId,
  type TaskId,
} from '@handoff/contracts';
import { applyAsk, type Asked, type Standing } from './apply-ask.js';
import { NOTHING_ASKED } from './asked-of-agent.js';
import type { Offer, OfferState } from './offer.js';
import { readReply } from './read-reply.js';

const AT = '2026-01-01T00:00:00.000Z';
const OFFER = newId<OfferId>();
const HANDOFF = newId<HandoffId>();
const sent: JsonObject = {
  task_id: 't',
  goal: 'Name a supplier.',
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: ['no contract is signed'],
  context: 'We need cups.',
  output_schema: { type: 'object', required: ['supplier'], properties: { supplier: { type: 'string' } } },
};
const work = (over: Partial<DeliveredWork> = {}): JsonObject =>
  ({
    summary: 'Found one.',
    output: { supplier: 'Acme' },
    criteria: [{ criterion_id: 'named', met: true, evidence: ['acme.example'] }],
    ...over,
  }) as unknown as JsonObject; // JSON, whatever its class

function standing(state: OfferState, over: Partial<Standing> = {}): Standing {
  const read = readDelegation(sent);
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  const offer: Offer = { offerId: OFFER, handoffId: HANDOFF, agentId: 'research' as AgentId, state };
  const ids = { tenant: DEFAULT_TENANT, handoffId: HANDOFF, agentId: 'unknown' as AgentId, taskId: 't' as TaskId };
  const counts = { sequence: 3, packetVersion: 1, kind: 'delegation', givenBy: null, acceptedAt: AT } as const;
  return { ...ids, ...counts, packet: read.value, sent, ended: false, withdrawal: null, asked: NOTHING_ASKED, offers: [offer], ...over };
}

function says(to: Standing, reply: JsonObject, by: string | null = 'research'): Asked {
  const read = readReply({ offer_id: OFFER, ...reply });
  return read.kind === 'faults' ? read : applyAsk(to, by, 'r', read.value.ask, AT);
}
const codes = (asked: Asked): readonly string[] => (asked.kind === 'faults' ? asked.faults.map(({ path, code }) => `${path} ${code}`) : []);

describe('what an agent says of a task that it was offered', () => {
  it('is told with the offer that it is about', () => {
    expect(says(standing('offered'), { reply: 'accept' })).toMatchObject({
      kind: 'replied',
      standing: { sequence: 4 },
      event: { event: 'accept', offer_id: OFFER, agent_id: 'research', task_id: 't', sequence: 4 },
    });
    expect(says(standing('confirmed'), { reply: 'progress' }).kind).toBe('replied');
  });

  it.each<[string, OfferState, JsonObject, string]>([
    ['work before it is confirmed', 'offered', { reply: 'progress' }, 'offer_id not_confirmed'],
    ['work on what has lapsed', 'lapsed', { reply: 'deliver', delivery: work() }, 'offer_id not_holder'],
    ['a second delivery', 'delivered', { reply: 'deliver', delivery: work() }, 'offer_id already_delivered'],
    ['another offer', 'confirmed', { reply: 'progress', offer_id: newId() }, 'offer_id unknown_offer'],
    ['a question without words', 'confirmed', { reply: 'ask', text: ' ' }, 'text missing'],
  ])('is refused where it is %s', (_, state, reply, code) => {
    expect(codes(says(standing(state), reply))).toEqual([code]);
  });

  it('is refused from another agent, and after the end', () => {
    expect(codes(says(standing('confirmed'), { reply: 'progress' }, 'other'))).toEqual(['offer_id not_holder']);
    expect(codes(says(standing('confirmed', { ended: true }), { reply: 'progress' }))).toEqual(['handoff_id already_ended']);
  });

  it('asks the same question once', () => {
    const asked = says(standing('confirmed'), { reply: 'ask', text: 'Which size?' });
    if (asked.kind !== 'replied') throw new Error(asked.kind);
    expect(asked).toMatchObject({ standing: { asked: { asks: [{ question: 'Which size?', answer: null }] } } });
    expect(says(asked.standing, { reply: 'ask', text: 'Which size?' }).kind).toBe('asked_before');
  });
});

describe('a delivery', () => {
  it('is the packet’s next version, which recommends exactly what was made', () => {
    expect(says(standing('confirmed'), { reply: 'deliver', delivery: work() })).toMatchObject({
      kind: 'delivered',
      standing: { packetVersion: 2, agentId: 'research', offers: [{ state: 'delivered' }] },
      event: {
        event: 'delivered',
        packet_version: 2,
        agent_id: 'research',
        packet: {
          original_request: 'Name a supplier.',
          recommended_action: { name: 'accept_delivery', args: { output: { supplier: 'Acme' } } },
          allowed_decisions: ['approve', 'reject', 'take_over'],
          delegation: { delivery: { round: 1, agent_id: 'research', offer_id: OFFER, delivered_at: AT } },
        },
      },
    });
  });

  it.each<[string, Partial<DeliveredWork>, string]>([
    ['without an output where one has a form', { output: undefined } as never, 'delivery.output missing'],
    ['whose output lacks a field', { output: {} }, 'delivery.output.supplier missing'],
    ['whose output has another form', { output: { supplier: 1 } }, 'delivery.output.supplier breaks_schema'],
    ['with a criterion that has no result', { criteria: [] }, 'delivery.criteria missing'],
    [
      'that shows nothing for what is met',
      { criteria: [{ criterion_id: 'named', met: true, evidence: [] }] },
      'delivery.criteria[0].evidence empty',
    ],
  ])('is refused %s', (_, over, code) => {
    expect(codes(says(standing('confirmed'), { reply: 'deliver', delivery: work(over) }))).toEqual([code]);
  });

  it('may say that a criterion is not met', () => {
    const honest = work({ criteria: [{ criterion_id: 'named', met: false, evidence: [] }] });
    expect(says(standing('confirmed'), { reply: 'deliver', delivery: honest })).toMatchObject({
      event: { packet: { recommended_action: { rationale: '1 of 1 criteria are said not to be met.' } } },
    });
  });
});

describe('what an agent tells of its work', () => {
  const rights = { budget: { limit: 10, unit: 'EUR' }, decision_rights: { may: ['choose'] } };
  const bound = (asked = NOTHING_ASKED): Standing => {
    const before = standing('confirmed', { asked });
    const { delegation } = before.packet;
    if (!delegation) throw new Error('It is no delegation.');
    return { ...before, packet: { ...before.packet, delegation: { ...delegation, ...rights } } };
  };
  const report = { spent: { value: 4, unit: 'EUR' }, decisions: [{ text: 'Hired Bob' }] };

  it('goes out with progress, and is kept', () => {
    expect(says(bound(), { reply: 'progress', ...report })).toMatchObject({
      event: { event: 'progress', spent: { total: 4, limit: 10 }, decisions: [{ outside: 'not_in_rights' }] },
      standing: { asked: { spent: { total: 4 }, account: { spent: [{ value: 4 }] } } },
    });
  });

  it('is all of it in the packet that is delivered', () => {
    const told = says(bound(), { reply: 'progress', ...report });
    if (told.kind !== 'replied') throw new Error(told.kind);
    const more = { ...report, spent: { value: 6, unit: 'EUR' }, decisions: [{ text: 'choose' }] };
    expect(says(told.standing, { reply: 'deliver', delivery: work(), ...more })).toMatchObject({
      event: {
        packet: {
          delegation: { account: { spent: [{ value: 6 }], decisions: [{ outside: 'not_in_rights' }, { text: 'choose', outside: null }] } },
        },
      },
    });
    expect(codes(says(told.standing, { reply: 'deliver', delivery: work(), spent: { value: 3, unit: 'EUR' } }))).toEqual([
      'spent.value out_of_range',
    ]);
  });
});
