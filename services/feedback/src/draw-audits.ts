import type { Transaction, Written } from '@handoff/bus';
import { handoffEscalations, type JsonObject } from '@handoff/contracts';
import { auditPacket } from './domain/audit-packet.js';
import { auditsDrawn } from './feedback.metrics.js';
import { findAuditable, keepDraws } from './store/audits.js';

/** As agents ask. */
const ESCALATIONS: Written<JsonObject> = { topic: handoffEscalations.topic, type: 'handoff.escalation.v1', key: 'task_id' };

/**
 * Tasks that agents did alone: each is drawn for once, with the policy's share for its chance, and those drawn are asked about.
 * @param random 0 to below 1; nobody's to foresee, or an agent could choose what is never looked at
 */
export async function drawAudits(tx: Transaction, outcomeIds: readonly string[], random: () => number = Math.random): Promise<void> {
  const auditable = outcomeIds.length === 0 ? [] : await findAuditable(tx, outcomeIds);
  if (auditable.length === 0) return;
  const draws = auditable.map((task) => ({ task, outcome_id: task.outcome_id, propensity: task.share, drawn: random() < task.share }));
  const fresh = await keepDraws(tx, draws);
  const drawn = draws.filter((it) => it.drawn && fresh.has(it.outcome_id));
  const packets = drawn.map(({ task }) => auditPacket(task));
  tx.publish(ESCALATIONS, packets, { identityOf: ({ task_id }) => [String(task_id)] });
  tx.afterCommit(() => {
    auditsDrawn.inc({ drawn: 'yes' }, drawn.length);
    auditsDrawn.inc({ drawn: 'no' }, fresh.size - drawn.length);
  });
}
