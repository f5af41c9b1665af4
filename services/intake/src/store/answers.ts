import type { Transaction } from '@handoff/bus';
import type { AgentId, HandoffDecision, HandoffEvent, HandoffFeedback, HandoffId, TaskId } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { Injectable } from '@nestjs/common';
import { heardBy } from '../domain/agent-event.js';
import { tellAnswer, type Answer, type AnswerChange, type Told } from '../domain/answer.js';
import { NO_PROGRESS } from '../domain/progress.js';
import type { DecisionRef, PendingRequest, Settlement } from '../domain/settle-request.js';
import { requestsSettled } from '../intake.metrics.js';
import { keepEvents } from './agent-events.js';

interface AnswerRow {
  readonly handoff_id: HandoffId;
  readonly status: Answer['status'];
  readonly sequence: number;
  readonly act_sequence: number;
  readonly progress: Answer['progress'];
  readonly decision: DecisionRef | null;
  readonly feedback_revision: number;
}

/** Whose handoff it is, where an event says so; needed only if its acceptance is not here. */
export type About = HandoffEvent & { readonly agent_id?: AgentId; readonly task_id?: TaskId };

@Injectable()
export class Answers {
  /** Load under lock, fold, record. Rows are locked in one order, so that two consumers of one handoff take turns. */
  async tell<Event extends About>(tx: Transaction, batch: readonly Event[], toldBy: (event: Event) => Told): Promise<void> {
    const answers = await this.lock(tx, batch);
    const tellings = batch.flatMap((event) => {
      const answer = answers.get(event.handoff_id);
      const told = toldBy(event);
      const change = answer ? tellAnswer(answer, told) : null;
      return change ? [{ told, change }] : [];
    });
    if (tellings.length === 0) return;
    const changes = tellings.map(({ change }) => change);
    const heard = tellings.flatMap(({ told, change }) => heardBy(told, change) ?? []);
    const settled = changes.flatMap((change) => change.settled);
    await Promise.all([this.record(tx, changes), this.settle(tx, settled), keepEvents(tx, heard)]);
    for (const { answer, act } of changes) if (act) tx.notify(channelOf('intake'), answer.handoffId);
  }

  private async lock(tx: Transaction, batch: readonly About[]): Promise<ReadonlyMap<HandoffId, Answer>> {
    const known = await this.lockKnown(tx, batch);
    const missing = batch.filter(({ handoff_id }) => !known.has(handoff_id));
    if (missing.length === 0) return known;
    await this.begin(tx, missing);
    return new Map([...known, ...(await this.lockKnown(tx, missing))]);
  }

  /** Pending requests are not joined to the rows: one that was made while they were waited for is seen by a later statement alone. */
  private async lockKnown(tx: Transaction, batch: readonly About[]): Promise<ReadonlyMap<HandoffId, Answer>> {
    const ids = batch.map(({ handoff_id }) => handoff_id);
    const [rows, pending] = await Promise.all([this.lockRows(tx, ids), this.pendingOf(tx, ids)]);
    return new Map(rows.map((row) => [row.handoff_id, answerOf(row, pending.get(row.handoff_id) ?? [])]));
  }

  private lockRows(tx: Transaction, ids: readonly HandoffId[]): Promise<AnswerRow[]> {
    return tx.rows<AnswerRow>(
      `SELECT handoff_id, status, sequence, act_sequence, progress,
              CASE WHEN decision IS NOT NULL THEN jsonb_build_object('decision_id', decision -> 'decision_id', 'type', decision -> 'type',
                'packet_version', decision -> 'packet_version') END AS decision,
              coalesce((feedback ->> 'revision')::int, 0) AS feedback_revision
       FROM handoffs WHERE handoff_id = ANY($1::uuid[]) ORDER BY handoff_id FOR UPDATE`,
      [ids],
    );
  }

  /** An event came before its acceptance, as after a restore: what it tells is kept, and the acceptance completes the row. */
  private async begin(tx: Transaction, missing: readonly About[]): Promise<void> {
    const whose = (event: About) => ({
      handoff_id: event.handoff_id,
      tenant: event.tenant,
      agent_id: event.agent_id,
      task_id: event.task_id,
    });
    await tx.rows(
      `INSERT INTO handoffs (handoff_id, tenant, agent_id, task_id, status, sequence, progress)
       SELECT h.handoff_id, h.tenant, h.agent_id, h.task_id, 'accepted', 0, $2::jsonb
       FROM jsonb_to_recordset($1::jsonb) AS h (handoff_id uuid, tenant text, agent_id text, task_id text)
       ORDER BY h.handoff_id ON CONFLICT DO NOTHING`,
      [JSON.stringify(missing.map(whose)), JSON.stringify(NO_PROGRESS)],
    );
  }

  private async pendingOf(tx: Transaction, ids: readonly HandoffId[]): Promise<ReadonlyMap<HandoffId, PendingRequest[]>> {
    const found = await tx.rows<PendingRequest & { readonly handoff_id: HandoffId }>(
      `SELECT request_id, handoff_id, type, packet_version FROM requests WHERE handoff_id = ANY($1::uuid[]) AND state = 'pending'`,
      [ids],
    );
    const of = new Map<HandoffId, PendingRequest[]>();
    for (const request of found) of.set(request.handoff_id, [...(of.get(request.handoff_id) ?? []), request]);
    return of;
  }

  /** Feedback is given on what has ended: whatever it finds here, or does not find any more, is not open. */
  private async record(tx: Transaction, changes: readonly AnswerChange[]): Promise<void> {
    await tx.rows(
      `UPDATE handoffs h
       SET status = c.status, sequence = c.sequence, act_sequence = c.act_sequence, progress = c.progress,
           decision = coalesce(c.decision, h.decision), feedback = coalesce(c.feedback, h.feedback),
           routed_at = coalesce(h.routed_at, CASE WHEN c.routed THEN clock.at END),
           ended_at = coalesce((c.decision ->> 'decided_at')::timestamptz, h.ended_at, (c.feedback ->> 'at')::timestamptz),
           agent_id = coalesce(h.agent_id, c.agent_id), task_id = coalesce(h.task_id, c.task_id)
       FROM jsonb_to_recordset($1::jsonb) AS c (handoff_id uuid, status text, sequence int, act_sequence int, progress jsonb,
                                                decision jsonb, feedback jsonb, routed boolean, agent_id text, task_id text),
            (SELECT handoff_now() AS at) AS clock
       WHERE h.handoff_id = c.handoff_id`,
      [JSON.stringify(changes.map(changeRow))],
    );
  }

  private async settle(tx: Transaction, settled: readonly Settlement[]): Promise<void> {
    if (settled.length === 0) return;
    await tx.rows(
      `UPDATE requests r SET state = s.state, decision_id = s.decision_id, settled_at = handoff_now()
       FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS s (request_id, state, decision_id)
       WHERE r.request_id = s.request_id AND r.state = 'pending'`,
      [settled.map((it) => it.request_id), settled.map((it) => it.state), settled.map((it) => it.decision_id)],
    );
    tx.afterCommit(() => {
      for (const { type, state } of settled) requestsSettled.inc({ type, state });
    });
  }
}

const answerOf = (row: AnswerRow, pending: readonly PendingRequest[]): Answer => ({
  handoffId: row.handoff_id,
  status: row.status,
  sequence: row.sequence,
  actSequence: row.act_sequence,
  progress: row.progress,
  decision: row.decision,
  feedbackRevision: row.feedback_revision,
  pending,
});

function changeRow({ answer, decision, feedback }: AnswerChange) {
  const whose: HandoffDecision | HandoffFeedback | null = decision ?? feedback;
  return {
    handoff_id: answer.handoffId,
    status: answer.status,
    sequence: answer.sequence,
    act_sequence: answer.actSequence,
    progress: answer.progress,
    decision,
    feedback,
    routed: answer.progress.routed !== null,
    agent_id: whose?.agent_id ?? null,
    task_id: whose?.task_id ?? null,
  };
}
