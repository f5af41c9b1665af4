import type { Transaction } from '@handoff/bus';
import { handoffFeedback, UNKNOWN_AGENT, type HandoffEvent, type HandoffFeedback } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { label } from '../domain/label.js';
import { countLabelled } from '../feedback.metrics.js';
import { findUnlabelled, FIRST_REVISION, keepLabels, type Labelled, type Unlabelled } from '../store/examples.js';

/** Whichever record came last, the handoff is labelled now, once, and its agent hears. */
export async function giveFeedback(tx: Transaction, batch: readonly HandoffEvent[]): Promise<void> {
  const labelled = (await findUnlabelled(tx, batch)).flatMap(labelIfComplete);
  if (labelled.length === 0) return;
  const [now] = await Promise.all([databaseNow(tx.db), keepLabels(tx, labelled)]);
  tx.publish(
    handoffFeedback,
    labelled.map((it) => toFeedback(it, now)),
    // All agents without a name would share one partition.
    { keyOf: ({ agent_id, task_id }) => (agent_id === UNKNOWN_AGENT ? task_id : agent_id) },
  );
  tx.afterCommit(() => countLabelled(labelled, now));
}

function labelIfComplete({ decision, recommendation }: Unlabelled): readonly Labelled[] {
  const labelled = label(recommendation, decision);
  return labelled ? [{ decision, ...labelled }] : [];
}

function toFeedback({ decision, escalation, recommendation, note }: Labelled, now: Date): HandoffFeedback {
  const { tenant, handoff_id, packet_version, agent_id, task_id, decision_id } = decision;
  return {
    tenant,
    handoff_id,
    sequence: FIRST_REVISION,
    packet_version,
    agent_id,
    task_id,
    decision_id,
    revision: FIRST_REVISION,
    escalation,
    recommendation,
    note,
    at: now.toISOString(),
  };
}
