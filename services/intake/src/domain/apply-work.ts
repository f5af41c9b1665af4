import {
  checkResults,
  delegationIn,
  fault,
  ok,
  withDelivery,
  type Fault,
  type HandoffReplied,
  type JsonObject,
  type Packet,
  type Result,
} from '@handoff/contracts';
import { acceptedEvent } from './accepted-event.js';
import { alreadyEnded, type Asked, type Standing } from './apply-ask.js';
import { withAsk, withProgress, type AskedOfAgent } from './asked-of-agent.js';
import { checkOutput } from './check-output.js';
import type { Offer, OfferState } from './offer.js';
import type { Ask, Work } from './read-reply.js';
import { replied } from './replied.js';
import { mergeAccounts, NO_ACCOUNT, tellAccount, type Report, type ToldAccount } from './tell-account.js';

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
  switch (work.type) {
    case 'deliver':
      return deliver(standing, offer, requestId, work, at);
    case 'progress':
      return progress(standing, offer, work, at);
    default:
      return reply(standing, offer, requestId, work, at);
  }
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

/** A sign of work; of a delegation, what was spent and decided comes with it. */
function progress(before: Standing, offer: Offer, { text, report }: Work & { readonly type: 'progress' }, at: string): Asked {
  const told = toldAccount(before, offer, report, at);
  if (told.kind === 'faults') return told;
  const said: Pick<HandoffReplied, 'spent' | 'decisions'> = told.value ? { spent: told.value.spent, decisions: told.value.decisions } : {};
  const asked = withProgress(withAccount(before.asked, told.value), { agent_id: offer.agentId, text, at });
  return replied(before, asked, { event: 'progress', ...saidBy(offer), text, ...said }, at);
}

/** Null where nothing was told. */
function toldAccount(before: Standing, offer: Offer, report: Report, at: string): Result<ToldAccount | null> {
  if (report.spent === null && report.decisions.length === 0) return ok(null);
  const delegation = delegationIn(before.packet);
  if (delegation.kind === 'faults') return delegation;
  const approved = new Set(before.approvals?.filter(({ agentId }) => agentId === offer.agentId).map(({ handoffId }) => handoffId));
  return tellAccount(delegation.value, accountOf(before), report, { agentId: offer.agentId, at, approved });
}

const withAccount = (asked: AskedOfAgent, told: ToldAccount | null): AskedOfAgent =>
  told ? { ...asked, account: told.account, ...(told.spent ? { spent: told.spent } : {}) } : asked;

/** As its agents have told it, which a delivery carries as well. */
const accountOf = ({ asked, packet }: Standing) => mergeAccounts(asked.account ?? NO_ACCOUNT, packet.delegation?.account ?? NO_ACCOUNT);

const saidBy = ({ agentId, offerId }: Offer) => ({ agent_id: agentId, offer_id: offerId });

type Word = Work & { readonly type: 'accept' | 'refuse' | 'ask' };

function reply(before: Standing, offer: Offer, requestId: string, work: Word, at: string): Asked {
  const asked =
    work.type === 'ask'
      ? withAsk(before.asked, { ask_id: work.questionId, agent_id: offer.agentId, question: work.text, asked_at: at })
      : before.asked;
  if (work.type === 'ask' && asked === before.asked) return { kind: 'asked_before', requestId };
  const question_id = work.type === 'ask' ? work.questionId : null;
  const said = { event: work.type, ...saidBy(offer), question_id, text: work.text };
  return replied(before, asked, said, at);
}

type Delivered = Work & { readonly type: 'deliver' };

/** The work becomes the packet's next version; whether whoever hands it in still has the task is routing's to say. */
function deliver(before: Standing, offer: Offer, requestId: string, { delivery: work, report }: Delivered, at: string): Asked {
  const delegation = delegationIn(before.packet);
  if (delegation.kind === 'faults') return delegation;
  const faults = [...checkResults(delegation.value, work), ...checkOutput(delegation.value.output_schema, work.output)];
  const told = toldAccount(before, offer, report, at);
  if (faults.length > 0 || told.kind === 'faults')
    return refused(...faults.map(inDelivery), ...(told.kind === 'faults' ? told.faults : []));
  const account = told.value?.account ?? accountOf(before);
  const round = (delegation.value.delivery?.round ?? 0) + 1;
  const delivery = { ...work, round, ...saidBy(offer), delivered_at: at };
  const packet = withDelivery(before.packet, { ...delegation.value, account }, delivery);
  if (packet.kind === 'faults') return packet;
  const standing: Standing = {
    ...before,
    agentId: offer.agentId,
    packet: packet.value,
    asked: withAccount(before.asked, told.value),
    sent: asJson(packet.value),
    packetVersion: before.packetVersion + 1,
    sequence: before.sequence + 1,
    offers: before.offers.map((it) => (it === offer ? { ...it, state: 'delivered' } : it)),
  };
  return { kind: 'delivered', standing, event: acceptedEvent(standing, { event: 'delivered', requestId }) };
}

/** A packet is made of JSON alone; its class says so of no field. */
const asJson = (packet: Packet): JsonObject => ({ ...(packet as unknown as JsonObject) });

const inDelivery = ({ path, code, message }: Fault): Fault => fault(`delivery.${path}`, code, message);
const refused = (...faults: readonly Fault[]): Asked => ({ kind: 'faults', faults });
