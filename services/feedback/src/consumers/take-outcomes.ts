import type { Cause, Transaction } from '@handoff/bus';
import type { HandoffId } from '@handoff/contracts';
import type { Outcome } from '../domain/read-outcome.js';
import { outcomesTaken } from '../feedback.metrics.js';
import { openExamples } from '../store/examples.js';
import { findLinks, keepLinks, keepOutcomes, letWait, type Link } from '../store/outcomes.js';
import { giveFeedback } from './give-feedback.js';

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
  const links = await findLinks(tx, [...fresh]);
  const linked = new Set(links.map(({ outcome_id }) => outcome_id));
  const causes = new Map(taken.flatMap(({ outcome, cause }) => (cause ? [[outcome.outcome_id, cause] as const] : [])));
  await link(tx, links, (it) => causes.get(it.outcome_id));
  await letWait(
    tx,
    [...fresh].filter((id) => !linked.has(id)),
  );
  const results = taken.filter(({ outcome }) => fresh.has(outcome.outcome_id)).map(({ outcome }) => outcome.result);
  tx.afterCommit(() => {
    for (const result of results) outcomesTaken.inc({ result });
  });
}

/** Under the lock of the example, so that whichever comes last, outcome or decision, sees the other. */
export async function link(
  tx: Transaction,
  links: readonly Link[],
  causeOf: (it: Link) => Cause | undefined = () => undefined,
): Promise<void> {
  if (links.length === 0) return;
  const causes = new Map<HandoffId, Cause | undefined>(links.map((it) => [it.handoff_id, causeOf(it)]));
  await openExamples(tx, links);
  await keepLinks(tx, links);
  await giveFeedback(tx, links, ({ handoff_id }) => causes.get(handoff_id));
}
