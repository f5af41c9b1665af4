import type { AskingVerdict, Channel, DecisionType, Decider, PersonId } from '@handoff/contracts';
import type { Ending } from './end-item.js';

/** One of several answers that must agree, as it is kept. */
export interface KeptVote {
  readonly subject: PersonId;
  readonly level: number;
  readonly channel: Channel;
  readonly packetVersion: number;
  readonly type: DecisionType;
  readonly actionDigest: string | null;
  readonly message: string | null;
  readonly askingWas: AskingVerdict | null;
}

export type Count =
  | { readonly kind: 'enough'; readonly ending: Ending }
  | {
      readonly kind: 'more';
      readonly votes: readonly KeptVote[];
      readonly vote: KeptVote;
      readonly agreeing: number;
      readonly isNew: boolean;
    };

/**
 * One answer more where several must agree. Votes count together with equal type, digest and edited action (a response: equal words),
 * and to one packet version; a person has one, the newest. A rejection needs nobody else.
 * @param votes that are there, also those to earlier versions, which count no more
 */
export function countVotes(votes: readonly KeptVote[], ending: Ending, decider: Decider, packetVersion: number, needed: number): Count {
  if (needed <= 1 || ending.type === 'reject') return { kind: 'enough', ending };
  const vote = voteOf(ending, decider, packetVersion);
  const valid = votes.filter((it) => it.packetVersion === packetVersion);
  const others = valid.filter(({ subject }) => subject !== decider.subject);
  const agreeing = others.filter((it) => saysTheSame(it, vote));
  if (agreeing.length + 1 >= needed) return { kind: 'enough', ending: together(ending, agreeing) };
  const own = valid.find(({ subject }) => subject === decider.subject);
  const isNew = own === undefined || !saysTheSame(own, vote) || own.message !== vote.message;
  return { kind: 'more', votes: [...others, vote], vote, agreeing: agreeing.length + 1, isNew };
}

function voteOf({ type, actionDigest, message, askingWas }: Ending, decider: Decider, packetVersion: number): KeptVote {
  return { ...decider, packetVersion, type: type as DecisionType, actionDigest, message, askingWas: askingWas ?? null }; // a person's ending has a person's type
}

const saysTheSame = (one: KeptVote, other: KeptVote): boolean =>
  one.type === other.type && one.actionDigest === other.actionDigest && (one.type !== 'respond' || one.message === other.message);

/** Everybody who agreed has decided, in that order, and each one's words are among the decision's. */
function together(ending: Ending, before: readonly KeptVote[]): Ending {
  const messages = new Set([...before.map(({ message }) => message), ending.message].filter((it) => it !== null));
  return {
    ...ending,
    message: messages.size > 0 ? [...messages].join('\n') : null,
    decidedBy: [...before.map(({ subject, level, channel }) => ({ subject, level, channel })), ...ending.decidedBy],
    askingWas: ending.askingWas ?? before.find(({ askingWas }) => askingWas !== null)?.askingWas ?? null,
  };
}
