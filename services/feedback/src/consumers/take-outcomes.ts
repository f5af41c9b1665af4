import type { Cause, Transaction } from '@handoff/bus';
import type { HandoffId } from '@handoff/contracts';
import type { Outcome } from '../domain/read-outcome.js';
import { outcomesTaken } from '../feedback.metrics.js';
import { openExamples } from '../store/examples.js';
import { findLinks, keepLinks, keepOutcomes, letWait, type Link } from '../store/outcomes.js';
import { giveFeedback } from './give-feedback.js';

type CauseOfLink = (it: Link) => Cause | undefined;

export interface TakenOutcome {
  readonly outcome: Outcome;
  readonly cause: Cause | null;
}

/** Keeps what is new, and corrects what was said of the handoffs that it is about. */
export async function takeOutcomes(tx: Transaction, taken: readonly TakenOutcome[]): Promise<void> {
  if (taken.length === 0) return;
  const fresh = new Set(
    await keepOutcomes(
      tx,
      taken.map(({ outcome }) => outcome),
    ),
  );
  const causes = new Map(taken.flatMap(({ outcome, cause }) => (cause ? [[outcome.outcome_id, cause] as const] : [])));
  await linkOrWait(tx, [...fresh], (it) => causes.get(it.outcome_id));
  const results = taken.filter(({ outcome }) => fresh.has(outcome.outcome_id)).map(({ outcome }) => outcome.result);
  tx.afterCommit(() => {
    for (const result of results) outcomesTaken.inc({ result });
  });
}

/** Corrects what was said of what they are about; what is not known yet is waited for. */
export async function linkOrWait(tx: Transaction, outcomeIds: readonly string[], causeOf?: CauseOfLink): Promise<void> {
  const links = await findLinks(tx, outcomeIds);
  const linked = new Set(links.map(({ outcome_id }) => outcome_id));
  await link(tx, links, causeOf);
  await letWait(
    tx,
    outcomeIds.filter((id) => !linked.has(id)),
  );
}

/** Under the lock of the example, so that whichever comes last, outcome or decision, sees the other. */
export async function link(tx: Transaction, links: readonly Link[], causeOf: CauseOfLink = () => undefined): Promise<void> {
  if (links.length === 0) return;
  const causes = new Map<HandoffId, Cause | undefined>(links.map((it) => [it.handoff_id, causeOf(it)]));
  await openExamples(tx, links);
  await keepLinks(tx, links);
  await giveFeedback(tx, links, ({ handoff_id }) => causes.get(handoff_id));
}
