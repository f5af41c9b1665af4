import {
  actionDigest,
  assertNever,
  DECISION_TYPES,
  fault,
  ok,
  refuse,
  type Action,
  type Decider,
  type DecisionType,
  type Packet,
  type Result,
} from '@handoff/contracts';
import type { Answer } from './answer.js';
import { checkEdit } from './check-edit.js';
import type { Accepted } from './desk-item.js';
import type { Ending } from './end-item.js';

/** Which answers the page offers: what the agent allows, without those that its recommendation leaves no room for. */
export function allowedDecisions(packet: Packet): readonly DecisionType[] {
  const { kind } = packet.recommended_action;
  const possible = DECISION_TYPES.filter((type) => kind !== 'none' || (type !== 'approve' && type !== 'edit'));
  const allowed = possible.filter((type) => packet.allowed_decisions === undefined || packet.allowed_decisions.includes(type));
  return allowed.length > 0 ? allowed : ['reject', 'respond', 'take_over']; // a person is never left without an answer
}

type Asked = Pick<Accepted, 'actionDigest' | 'masked'>;

/** What a person's answer means for this packet, or what is wrong with it. */
export function chooseEnding({ actionDigest: digest, masked }: Asked, packet: Packet, answer: Answer, decider: Decider): Result<Ending> {
  if (!allowedDecisions(packet).includes(answer.type))
    return refuse(
      fault('type', 'not_allowed_value', `This handoff takes ${allowedDecisions(packet).join(', ')}; "${answer.type}" is not among them.`),
    );
  const { kind, name, args } = packet.recommended_action;
  const recommended: Action = { kind, name, args };
  const common = {
    type: answer.type,
    message: answer.message?.trim() || null,
    decidedBy: [decider],
    askingWas: answer.asking_was ?? null,
    repeats: null,
  };
  switch (answer.type) {
    case 'approve':
      return ok({ ...common, action: recommended, actionDigest: digest });
    case 'edit': {
      const edited = checkEdit(packet, answer.args ?? null, masked);
      if (edited.kind === 'faults') return edited;
      const action: Action = { kind, name, args: edited.value };
      return ok({ ...common, action, actionDigest: actionDigest(action) });
    }
    case 'respond':
      return common.message === null
        ? refuse(fault('message', 'empty', 'A response needs words: write what the agent should know or do.'))
        : ok({ ...common, action: null, actionDigest: null });
    case 'reject':
    case 'take_over':
      return ok({ ...common, action: null, actionDigest: null });
    default:
      return assertNever(answer.type);
  }
}
