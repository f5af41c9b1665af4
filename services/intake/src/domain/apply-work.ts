import { checkResults, delegationIn, fault, withDelivery, type Fault, type JsonObject, type Packet } from '@handoff/contracts';
import { acceptedEvent } from './accepted-event.js';
import { alreadyEnded, type Asked, type Standing } from './apply-ask.js';
import { withAsk, withProgress, type AskedOfAgent } from './asked-of-agent.js';
import { checkOutput } from './check-output.js';
import type { Offer, OfferState } from './offer.js';
import type { Ask, Work } from './read-reply.js';
import { replied } from './replied.js';

const WORK: ReadonlySet<string> = new Set<Work['type']>(['accept', 'refuse', 'progress', 'ask', 'deliver']);

/** What whoever a task was offered to says, about the offer or about the work. */
export const isWork = (ask: Ask): ask is Work => WORK.has(ask.type);

/** In which states of its offer each makes sense. */
const WHEN: Readonly<Record<Work['type'], readonly OfferState[]>> = {
  accept: ['offered', 'confirmed'],
  refuse: ['offered', 'confirmed'],
  progress: ['confirmed'],
  ask: ['confirmed'],
  deliver: ['confirmed'],
};

/** Routing has the last word on whose the task is; what it has not said here yet is waited for. */
export function applyWork(standing: Standing, by: string | null, requestId: string, work: Work, at: string): Asked {
  const offer = standing.offers.find(({ offerId }) => offerId === work.offerId);
  if (!offer) return refused(fault('offer_id', 'unknown_offer', `Handoff ${standing.handoffId} has no offer ${work.offerId}.`));
  if (by !== null && by !== offer.agentId)
    return refused(fault('offer_id', 'not_holder', `Offer ${work.offerId} was made to another agent.`));
  if (standing.ended) return refused(alreadyEnded(standing));
  if (!WHEN[work.type].includes(offer.state)) return refused(whyNot(offer));
  return work.type === 'deliver' ? deliver(standing, offer, work, at) : reply(standing, offer, requestId, work, at);
}

function whyNot({ offerId, state }: Offer): Fault {
  switch (state) {
    case 'offered':
      return fault('offer_id', 'not_confirmed', `Offer ${offerId} is not confirmed yet; accept it, and wait for "confirmed".`);
    case 'delivered':
      return fault('offer_id', 'already_delivered', `What offer ${offerId} is about was delivered, and is being reviewed.`);
    case 'confirmed':
    case 'lapsed':
    case 'cancelled':
      return fault('offer_id', 'not_holder', `Offer ${offerId} does not stand any more: stop, and leave the task to whoever has it now.`);
  }
}

function reply(before: Standing, offer: Offer, requestId: string, work: Exclude<Work, { readonly type: 'deliver' }>, at: string): Asked {
  const asked = heard(before.asked, offer, work, at);
  if (work.type === 'ask' && asked === before.asked) return { kind: 'asked_before', requestId };
  const question_id = work.type === 'ask' ? work.questionId : null;
  const said = { event: work.type, agent_id: offer.agentId, offer_id: offer.offerId, question_id, text: work.text };
  return replied(before, asked, said, at);
}

function heard(before: AskedOfAgent, { agentId }: Offer, work: Exclude<Work, { readonly type: 'deliver' }>, at: string): AskedOfAgent {
  if (work.type === 'ask') return withAsk(before, { ask_id: work.questionId, question: work.text, asked_at: at });
  return work.type === 'progress' ? withProgress(before, { agent_id: agentId, text: work.text, at }) : before;
}

/** The work becomes the packet's next version; whether whoever hands it in still has the task is routing's to say. */
function deliver(before: Standing, offer: Offer, { delivery: work }: Work & { readonly type: 'deliver' }, at: string): Asked {
  const delegation = delegationIn(before.packet);
  if (delegation.kind === 'faults') return delegation;
  const faults = [...checkResults(delegation.value, work), ...checkOutput(delegation.value.output_schema, work.output)];
  if (faults.length > 0) return refused(...faults.map(inDelivery));
  const round = (delegation.value.delivery?.round ?? 0) + 1;
  const delivery = { ...work, round, agent_id: offer.agentId, offer_id: offer.offerId, delivered_at: at };
  const packet = withDelivery(before.packet, delegation.value, delivery);
  if (packet.kind === 'faults') return packet;
  const standing: Standing = {
    ...before,
    agentId: offer.agentId,
    packet: packet.value,
    sent: asJson(packet.value),
    packetVersion: before.packetVersion + 1,
    sequence: before.sequence + 1,
    offers: before.offers.map((it) => (it === offer ? { ...it, state: 'delivered' } : it)),
  };
  return { kind: 'delivered', standing, event: acceptedEvent(standing, { event: 'delivered' }) };
}

/** A packet is made of JSON alone; its class says so of no field. */
const asJson = (packet: Packet): JsonObject => ({ ...(packet as unknown as JsonObject) });

const inDelivery = ({ path, code, message }: Fault): Fault => fault(`delivery.${path}`, code, message);
const refused = (...faults: readonly Fault[]): Asked => ({ kind: 'faults', faults });
