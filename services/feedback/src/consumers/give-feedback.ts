import { isDeepStrictEqual } from 'node:util';
import type { Cause, Transaction } from '@handoff/bus';
import { CANARY_AGENT, handoffFeedback, UNKNOWN_AGENT, type HandoffFeedback } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { isUnapproved } from '../domain/is-unapproved.js';
import { label } from '../domain/label.js';
import { countLabelled } from '../feedback.metrics.js';
import { findDue, forgetExamples, keepLabels, type Due, type Labelled, type Named } from '../store/examples.js';
import { keepUnapproved, type Unapproved } from '../store/unapproved-actions.js';
import { tellUnapproved } from './tell-unapproved.js';

/**
 * Whichever record came last, the handoff is labelled now, once, and its agent hears; once more whenever a rating, an outcome or other rules
 * say something else of it.
 * @param causeOf what led to it, where that is no event of the handoff
 * @returns how many were labelled
 */
export async function giveFeedback(
  tx: Transaction,
  examples: readonly Named[],
  causeOf: (it: HandoffFeedback) => Cause | undefined = () => undefined,
): Promise<number> {
  const labelled = (await findDue(tx, examples)).flatMap(labelIfComplete);
  if (labelled.length === 0) return 0;
  const [canaries, kept] = apart(labelled, ({ decision }) => decision.agent_id === CANARY_AGENT);
  const unapproved = kept.flatMap(unapprovedIn);
  const [now] = await Promise.all([databaseNow(tx.db), keepLabels(tx, kept), keepUnapproved(tx, unapproved), forgetExamples(tx, canaries)]);
  const told = labelled.filter(saysMore);
  tx.publish(
    handoffFeedback,
    told.map((it) => toFeedback(it, now)),
    // All agents without a name would share one partition.
    {
      keyOf: ({ agent_id, task_id }) => (agent_id === UNKNOWN_AGENT ? task_id : agent_id),
      causeOf,
    },
  );
  const traceparents = new Map(told.map((it) => [it, tx.causeOf(it.decision.handoff_id)?.traceparent ?? null]));
  tx.afterCommit(() => {
    countLabelled(kept.filter(saysMore), now, (it) => traceparents.get(it) ?? null);
    tellUnapproved(unapproved);
  });
  return labelled.length;
}

/** What a person says later counts for what was said with the decision. */
function labelIfComplete(due: Due): readonly Labelled[] {
  const { decision, recommendation, revision, said, rating, outcome } = due;
  const made = label(recommendation, { ...decision, asking_was: rating ?? decision.asking_was }, outcome);
  if (!made) return [];
  return [{ due, decision, revision: isDeepStrictEqual(said, made) ? revision : revision + 1, ...made }];
}

function unapprovedIn({ decision, due: { outcome, outcome_id, hasNewOutcome } }: Labelled): readonly Unapproved[] {
  if (!hasNewOutcome || !outcome || outcome_id === null || !isUnapproved(decision, outcome)) return [];
  const { handoff_id, decision_id, agent_id } = decision;
  return [{ outcome_id, handoff_id, decision_id, agent_id }];
}

const saysMore = ({ due, revision }: Labelled): boolean => revision > due.revision;

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
