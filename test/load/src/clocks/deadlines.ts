import { newId, NO_ENVELOPE, toHeaders, handoffAccepted, handoffRouted, type EventTopic, type HandoffId } from '@handoff/contracts';
import { anAcceptedHandoff, aRouting } from '@handoff/testing';
import type { Producer } from 'kafkajs';

const AT_A_TIME = 500;

/** One handoff with one clock that falls due. */
export interface Deadline {
  readonly handoffId: HandoffId;
  readonly dueAt: number;
}

/** So many, from one instant on, evenly. */
export const spread = (count: number, from: number, seconds: number): readonly Deadline[] =>
  Array.from({ length: count }, (_, at) => ({ handoffId: newId<HandoffId>(), dueAt: Math.round(from + (at * seconds * 1000) / count) }));

/** As intake and routing would tell of them. Nobody is paged and nobody warned, so that `decide_by` is what falls due of each. */
export async function tell(producer: Producer, topicPrefix: string, deadlines: readonly Deadline[]): Promise<void> {
  const handoffs = deadlines.map(({ handoffId, dueAt }) => {
    const accepted = anAcceptedHandoff({ handoff_id: handoffId });
    const due = new Date(dueAt).toISOString();
    return { accepted, routed: aRouting(accepted, { page: false, warnings: [], ack_by: due, decide_by: due }) };
  });
  for (let at = 0; at < handoffs.length; at += AT_A_TIME) {
    const some = handoffs.slice(at, at + AT_A_TIME);
    await producer.sendBatch({
      acks: -1,
      topicMessages: [
        { topic: topicPrefix + handoffAccepted.topic, messages: some.map(({ accepted }) => recordOf(handoffAccepted, accepted)) },
        { topic: topicPrefix + handoffRouted.topic, messages: some.map(({ routed }) => recordOf(handoffRouted, routed)) },
      ],
    });
  }
}

const recordOf = <Payload extends { readonly handoff_id: HandoffId }>({ type }: EventTopic<Payload>, event: Payload) => ({
  key: event.handoff_id,
  value: JSON.stringify(event),
  headers: toHeaders({ ...NO_ENVELOPE, id: newId(), type, source: 'handoff/bench' }),
});
