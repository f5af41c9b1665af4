import { actionDigest, deriveId, type Action, type JsonObject } from '@handoff/contracts';
import type { Answer } from './answer.js';
import type { HandoffClient } from './handoff-client.js';
import type { Waiting } from './handoff.js';
import type { AgentPacket } from './sent-packet.js';

/** What the approved function gave, or why it was not called. */
export type Approved<T> =
  { readonly kind: 'done'; readonly value: T; readonly answer: Answer } | Exclude<Answer, { readonly kind: 'approved' }>;

export interface ApprovalOptions<Args> {
  /** What people read as the action's name. */
  readonly name: string;
  /** All that a person needs to judge this call; the action itself is added. */
  readonly packet: (args: Args) => Omit<AgentPacket, 'recommended_action'>;
}

export interface OneCall extends Waiting {
  /** Of the model's tool call: two calls with the same arguments are two. By default they are one. */
  readonly callId?: string;
}

/**
 * A function that is called once a person has approved it, with the arguments as they were approved or edited. Called again after a crash it
 * waits for the same answer, and may then call the function a second time: what that does has to bear it, by the decision's id.
 */
export function approvalOf<Args extends JsonObject, T>(
  client: HandoffClient,
  work: (args: Args, answer: Answer) => Promise<T> | T,
  { name, packet }: ApprovalOptions<Args>,
): (args: Args, call?: OneCall) => Promise<Approved<T>> {
  return async (args, { callId, ...waiting } = {}) => {
    const action: Action = { kind: 'tool_call', name, args };
    const fields = packet(args);
    const asked = await client.escalate(
      {
        ...fields,
        idempotency_key: fields.idempotency_key ?? deriveId('approval', fields.task_id, name, callId ?? actionDigest(action)),
        recommended_action: { kind: 'tool_call', name, args },
      },
      waiting,
    );
    const answer = await asked.answer(waiting);
    if (answer.kind !== 'approved') return answer;
    const value = await work(answer.action.args as Args, answer); // judged by args_schema, where the packet has one
    return { kind: 'done', value, answer };
  };
}
