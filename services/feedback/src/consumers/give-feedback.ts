import type { Transaction } from '@handoff/bus';
import { CANARY_AGENT, handoffFeedback, UNKNOWN_AGENT, type HandoffEvent, type HandoffFeedback } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { label } from '../domain/label.js';
import { countLabelled } from '../feedback.metrics.js';
import { findDue, forgetExamples, keepLabels, type Due, type Labelled } from '../store/examples.js';

/** Whichever record came last, the handoff is labelled now, once, and its agent hears; once more for each time that it is rated after that. */
export async function giveFeedback(tx: Transaction, batch: readonly HandoffEvent[]): Promise<void> {
  const labelled = (await findDue(tx, batch)).flatMap(labelIfComplete);
  if (labelled.length === 0) return;
  const [canaries, examples] = apart(labelled, ({ decision }) => decision.agent_id === CANARY_AGENT);
  const [now] = await Promise.all([databaseNow(tx.db), keepLabels(tx, examples), forgetExamples(tx, canaries)]);
  tx.publish(
    handoffFeedback,
    labelled.map((it) => toFeedback(it, now)),
    // All agents without a name would share one partition.
    { keyOf: ({ agent_id, task_id }) => (agent_id === UNKNOWN_AGENT ? task_id : agent_id) },
  );
  const traceparents = new Map(labelled.map((it) => [it, tx.causeOf(it.decision.handoff_id)?.traceparent ?? null]));
  tx.afterCommit(() => countLabelled(examples, now, (it) => traceparents.get(it) ?? null));
}

/** What a person says later counts for what was said with the decision. */
function labelIfComplete({ decision, recommendation, revision, rated, rating }: Due): readonly Labelled[] {
  const labelled = label(recommendation, { ...decision, asking_was: rating ?? decision.asking_was });
  return labelled ? [{ decision, revision, rated, ...labelled }] : [];
}

/** What the canary asks and its robot answers teaches nobody anything: it is heard, and not kept. */
function apart<T>(all: readonly T[], isOne: (of: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isOne), all.filter((it) => !isOne(it))];
}

function toFeedback({ decision, revision, escalation, recommendation, note }: Labelled, now: Date): HandoffFeedback {
  const { tenant, handoff_id, packet_version, agent_id, task_id, decision_id } = decision;
  return {
    tenant,
    handoff_id,
    sequence: revision,
    packet_version,
    agent_id,
    task_id,
    decision_id,
    revision,
    escalation,
    recommendation,
    note,
    at: now.toISOString(),
  };
}
