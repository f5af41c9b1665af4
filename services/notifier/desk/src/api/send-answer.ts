import type { HandoffDecision, HandoffId } from '@handoff/contracts';
import type { DecisionRequest } from './desk-types.js';
import { send } from './request.js';

/** What came of an answer: it counts, it waits for others to agree, or it was given to several at once. */
export type Recorded =
  | { readonly kind: 'decided'; readonly decision: HandoffDecision }
  | { readonly kind: 'voted'; readonly agreeing: number; readonly needed: number }
  | { readonly kind: 'batch'; readonly recorded: number; readonly refused: readonly string[] };

interface Vote {
  readonly agreeing: number;
  readonly needed: number;
}

interface BatchAnswer {
  readonly results: readonly { readonly handoff_id: HandoffId; readonly status: number; readonly detail?: string }[];
}

/** One answer, to one handoff or to several that ask for the very same action. */
export async function sendAnswer(id: HandoffId, { also = [], ...answer }: DecisionRequest, { keepalive = false } = {}): Promise<Recorded> {
  if (also.length > 0) {
    const { packet_version, ...rest } = answer;
    const handoffs = [{ handoff_id: id, packet_version }, ...also];
    return readBatch(await send<BatchAnswer>('/decisions', { ...rest, handoffs }, { keepalive }));
  }
  const recorded = await send<HandoffDecision | Vote>(`/handoffs/${encodeURIComponent(id)}/decisions`, answer, { keepalive });
  return 'decision_id' in recorded ? { kind: 'decided', decision: recorded } : { kind: 'voted', ...recorded };
}

export function readBatch({ results }: BatchAnswer): Recorded {
  const refused = results.filter(({ status }) => status >= 300);
  return { kind: 'batch', recorded: results.length - refused.length, refused: refused.map(({ detail }) => detail ?? 'Not recorded.') };
}
