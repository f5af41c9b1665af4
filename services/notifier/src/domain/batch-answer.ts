import { actionDigest, fault, NestedList, ok, refuse, type HandoffId, type Result } from '@handoff/contracts';
import { ArrayMinSize, IsInt, IsUUID, Min } from 'class-validator';
import { AnswerWords } from './answer.js';

/** Those that recommend nothing have that in common, and it says nothing about them. */
export const NOTHING = actionDigest({ kind: 'none', name: '', args: {} });

const MOST_HANDOFFS = 100;

export class Answered {
  @IsUUID() readonly handoff_id!: HandoffId;
  /** The version that was on the screen. */
  @IsInt() @Min(1) readonly packet_version!: number;
}

/** One answer to many handoffs that ask for the same; which version of each was seen is said with it. */
export class BatchAnswer extends AnswerWords {
  @ArrayMinSize(1) @NestedList(() => Answered, MOST_HANDOFFS) readonly handoffs!: readonly Answered[];
}

/** What the desk has of each of them; a handoff that it has not is not there. */
export interface Asks {
  readonly handoff_id: HandoffId;
  readonly action_digest: string;
}

/** One look is enough only where all of them ask for exactly the same action. */
export function checkSameAction({ handoffs }: BatchAnswer, asks: readonly Asks[]): Result<null> {
  const [first, ...others] = asks;
  const known = new Set(asks.map(({ handoff_id }) => handoff_id));
  const unknown = handoffs.findIndex(({ handoff_id }) => !known.has(handoff_id));
  if (unknown >= 0)
    return refuse(
      fault(`handoffs[${unknown}]`, 'unknown_handoff', `There is no handoff ${handoffs[unknown]?.handoff_id ?? ''} on this desk.`),
    );
  const differs = others.find((it) => it.action_digest !== first?.action_digest);
  if (differs || first?.action_digest === NOTHING)
    return refuse(fault('handoffs', 'not_allowed_value', 'These do not ask for the same action; answer each by itself.'));
  return ok(null);
}
