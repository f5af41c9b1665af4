import type { DecisionType, HandoffDecision, HandoffId, HandoffRouted, Packet } from '@handoff/contracts';
import { allowedDecisions } from './choose-ending.js';
import { isAgentsTurn, type DeskItem } from './desk-item.js';
import { handoffCopy, linkTo, visible, type HandoffCopy } from './handoff-copy.js';
import type { Message } from './message.js';
import { setsFree, withinAuthority } from './authority.js';
import { FALLBACK, isNews } from './plan-notifications.js';
import { rightToDecide, type Person } from './rights.js';
import { endedText } from './too-late.js';

/** For whom a copy is, and of which asking. */
export interface CopyKey {
  readonly handoffId: HandoffId;
  readonly level: number;
  readonly cycle: number;
  readonly recipient: string;
}

/** What a copy says as things stand; null while the packet is on its way. */
export function messageFor(
  key: CopyKey,
  item: DeskItem,
  packet: Packet | null,
  decision: HandoffDecision | null,
  deskUrl: string,
): Message | null {
  const { accepted, routed } = item;
  if (!accepted) return null;
  if (item.state === 'ended')
    return {
      kind: 'closed',
      handoffId: item.handoffId,
      urgency: accepted.urgency,
      title: visible(accepted.title),
      ending: decision ? visible(endedText(decision)) : 'This handoff has ended.',
      link: linkTo(deskUrl, item.handoffId),
    };
  if (!packet) return null;
  const kind = kindOf(key, routed);
  return { kind: 'ask', copy: handoffCopy(kind, item.handoffId, accepted, packet, routed, deskUrl, newsFor(key, item)), buttons: [] };
}

function kindOf(key: CopyKey, routed: HandoffRouted | null): HandoffCopy['kind'] {
  if (isNews(key)) return 'answered';
  if (key.recipient !== FALLBACK) return 'asked';
  return routed?.unattended ? 'unattended' : 'unrouted';
}

/** The answers that this person may give from the copy: those of the packet, unless somebody else was asked in her place. */
export function answersFor(key: CopyKey, item: DeskItem, packet: Packet, person: Person): readonly DecisionType[] {
  const { accepted, routed } = item;
  if (item.state === 'ended' || !accepted || !routed || isPassedOn(key, routed)) return [];
  if (rightToDecide(person, accepted, routed).kind === 'may-not') return [];
  const isWithin = withinAuthority(person, accepted.amount).kind === 'may';
  return allowedDecisions(packet).filter((type) => isWithin || type === 'edit' || !setsFree(type)); // an edit may stay within it
}

function newsWords({ cycle }: CopyKey, { asks, terms }: DeskItem): string {
  const warned = terms?.warned.find(({ sequence }) => sequence === -cycle);
  if (warned) return visible(warned.text);
  return asks.length > 0
    ? `The agent asks: ${visible(asks.at(-1)?.text ?? '')}`
    : 'The agent has answered your question; the link shows it.';
}

function newsFor(key: CopyKey, item: DeskItem): string | null {
  const { accepted, routed } = item;
  const version = accepted?.packetVersion ?? 1;
  const news = [
    ...(isNews(key) ? [newsWords(key, item)] : []),
    ...(routed && !isAgentsTurn(routed) && isPassedOn(key, routed) ? [`Now with ${routed.asked.join(', ')}. ${routed.why}`] : []),
    ...(version > 1 ? [`The agent has added to it; this is version ${version}.`] : []),
  ];
  return news.length > 0 ? news.join(' ') : null;
}

/** At the same level, somebody else has it now. */
const isPassedOn = ({ level, recipient }: CopyKey, routed: HandoffRouted): boolean =>
  recipient !== FALLBACK && level === routed.level.number && !routed.asked.some((it) => it === recipient);

export const isOfAsking = ({ level, cycle }: Pick<CopyKey, 'level' | 'cycle'>, routed: HandoffRouted): boolean =>
  routed.level.number === level && routed.cycle === cycle;

/** Copies that were sent say something else than this: whoever has one is told. */
export function isPassedOnBy(before: HandoffRouted | null, after: HandoffRouted): boolean {
  return before !== null && before.level.number === after.level.number && before.asked.some((person) => !after.asked.includes(person));
}
