import { fault, type Channel, type Decider, type Fault, type Packet } from '@handoff/contracts';
import type { Answer } from './answer.js';
import { amountOf, withinAuthority } from './authority.js';
import { changedFields } from './changed-fields.js';
import { chooseEnding } from './choose-ending.js';
import { countVotes, type KeptVote } from './count-votes.js';
import type { Accepted, DeskItem } from './desk-item.js';
import type { Ending } from './end-item.js';
import { rightToDecide, type Person } from './rights.js';

export type Judgement =
  | { readonly kind: 'ends'; readonly item: DeskItem; readonly accepted: Accepted; readonly packet: Packet; readonly ending: Ending }
  /** Others have to agree first. */
  | { readonly kind: 'votes'; readonly item: DeskItem; readonly accepted: Accepted; readonly vote: KeptVote; readonly tally: Tally }
  | { readonly kind: 'has-ended' }
  | Refused;

export interface Tally {
  readonly agreeing: number;
  readonly needed: number;
  /** False: the same vote again, which changes nothing. */
  readonly isNew: boolean;
}

export type Refused =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-routed' }
  | { readonly kind: 'may-not'; readonly because: string }
  | { readonly kind: 'version-changed'; readonly packetVersion: number; readonly changed: readonly string[] }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/**
 * What an answer comes to. First answer wins: an item that has ended takes no other.
 * @param item as it is while its row is locked; null where this person's desk has none
 * @param packetOf each version of its packet that is known
 * @param channel where it was given
 */
export function judgeAnswer(
  item: DeskItem | null,
  packetOf: (version: number) => Packet | undefined,
  person: Person,
  answer: Answer,
  channel: Channel,
): Judgement {
  if (!item) return { kind: 'unknown' };
  if (item.state === 'ended') return { kind: 'has-ended' }; // after a restore that may be known before its packet is
  const { accepted, routed } = item;
  if (!accepted || !routed) return { kind: 'not-routed' };
  const right = rightToDecide(person, accepted, routed);
  if (right.kind === 'may-not') return right;
  const [seen, packet] = [packetOf(answer.packet_version), packetOf(accepted.packetVersion)];
  if (!seen || !packet) return { kind: 'faults', faults: [noSuchVersion(answer)] };
  if (answer.packet_version !== accepted.packetVersion)
    return { kind: 'version-changed', packetVersion: accepted.packetVersion, changed: changedFields(seen, packet) };
  const within = withinAuthority(person, amountOf(packet, answer));
  if (within.kind === 'may-not') return within;
  const decider: Decider = { subject: person.subject, level: routed.level.number, channel };
  const ending = chooseEnding(accepted, packet, answer, decider);
  if (ending.kind === 'faults') return ending;
  const needed = routed.answers_needed;
  const count = countVotes(item.votes, ending.value, decider, accepted.packetVersion, needed);
  if (count.kind === 'enough') return { kind: 'ends', item, accepted, packet, ending: count.ending };
  const { vote, votes, agreeing, isNew } = count;
  const next = isNew ? { ...item, votes, sequence: item.sequence + 1 } : item;
  return { kind: 'votes', item: next, accepted, vote, tally: { agreeing, needed, isNew } };
}

const noSuchVersion = ({ packet_version: version }: Answer): Fault =>
  fault('packet_version', 'not_allowed_value', `There is no version ${version} of this packet.`);
