import {
  fault,
  storedParts,
  type AgentId,
  type DecisionRights,
  type Fault,
  type HandoffId,
  type Packet,
  type Transfer,
} from '@handoff/contracts';
import { widerRights } from './wider-rights.js';

/** A change of hands of a task that still holds, the last of its chain: a transfer that did not come back, else what was given. */
export interface LastHand {
  readonly handoffId: HandoffId;
  readonly kind: 'delegation' | 'transfer';
  /** Of a transfer, the agents that had the task before it, its sender last; of a delegation none. */
  readonly hands: readonly AgentId[];
  /** Who has taken it, as far as that has come here: agents read the topics as soon as we do. */
  readonly takenBy: AgentId | null;
  /** What came with it; null where nothing was said about rights. */
  readonly rights: DecisionRights | null;
}

/** What a transfer is judged by beside itself. */
export interface TransferGrounds {
  readonly last: LastHand | null;
  /** Schema ids that those read who may get it; null where one of them does not say. */
  readonly readable: readonly string[] | null;
  readonly mostHops: number;
  /** Checksums of what its sender has put in store, or was handed. */
  readonly stored: ReadonlySet<string>;
}

/** The agent with which the chain begins; null where nobody is known to have taken what was given. */
export const originOf = ({ hands, takenBy }: Pick<LastHand, 'hands' | 'takenBy'>): AgentId | null => hands[0] ?? takenBy;

/**
 * What a transfer comes after. A task's name is its agents' own, so several may have been given under it: it is the chain that its sender is in.
 * @param lasts of each chain one, the newest first
 */
export const lastHandFor = (sender: AgentId, lasts: readonly LastHand[]): LastHand | null =>
  lasts.find(({ takenBy }) => takenBy === sender) ?? lasts.find(({ hands }) => hands.includes(sender)) ?? lasts[0] ?? null;

/** The agents that have had the task once this transfer is made. */
export const handsOf = (sender: AgentId, last: LastHand | null): readonly AgentId[] => [...(last?.hands ?? []), sender];

/** Everything that is wrong with passing this task on now. */
export function judgeTransfer(
  sender: AgentId,
  { transfer }: Packet,
  { last, readable, mostHops, stored }: TransferGrounds,
): readonly Fault[] {
  if (!transfer) return [fault('', 'missing', 'This is no transfer.')];
  const hands = handsOf(sender, last);
  return [
    ...notHolder(sender, last),
    ...cycle(transfer, hands),
    ...tooManyHops(hands.length, mostHops),
    ...widerRights(last?.rights ?? null, transfer.decision_rights ?? null),
    ...unreadable(transfer.state.schema_id, readable),
    ...notStored(transfer, stored),
  ];
}

/** Work has one owner: what was passed on is passed on by whoever has it now. */
function notHolder(sender: AgentId, last: LastHand | null): readonly Fault[] {
  if (last === null) return [];
  if (last.hands.at(-1) === sender)
    return [fault('from', 'not_holder', `${sender} has passed this task on already, as handoff ${last.handoffId}; withdraw that first.`)];
  return last.takenBy === null || last.takenBy === sender
    ? []
    : [fault('from', 'not_holder', `This task is with ${last.takenBy} since handoff ${last.handoffId}.`)];
}

function cycle({ to }: Transfer, hands: readonly AgentId[]): readonly Fault[] {
  return to.agent_id !== undefined && hands.includes(to.agent_id)
    ? [
        fault(
          'to.agent_id',
          'cycle',
          `${to.agent_id} has had this task before (${hands.join(', ')}); pass it to another agent, or ask a person.`,
        ),
      ]
    : [];
}

function tooManyHops(hops: number, most: number): readonly Fault[] {
  return hops > most
    ? [fault('', 'too_many_hops', `This task would change hands for the ${hops}th time; at most ${most} are allowed. Ask a person.`)]
    : [];
}

function unreadable(schemaId: string, readable: readonly string[] | null): readonly Fault[] {
  if (readable === null || readable.includes(schemaId)) return [];
  const name = nameOf(schemaId);
  const majors = readable.filter((it) => nameOf(it) === name);
  const instead = majors.length > 0 ? ` They read ${majors.join(', ')}.` : '';
  return [fault('accumulated_state.schema_id', 'unknown_schema_major', `Nobody whom this may go to reads ${schemaId}.${instead}`)];
}

const notStored = (transfer: Transfer, stored: ReadonlySet<string>): readonly Fault[] =>
  storedParts(transfer)
    .filter(({ sha256 }) => !stored.has(sha256))
    .map(({ path, sha256 }) => fault(path, 'unknown_object', `There is no object ${sha256} of this agent; put it first, or again.`));

const nameOf = (schemaId: string): string => schemaId.slice(0, schemaId.lastIndexOf('/'));
