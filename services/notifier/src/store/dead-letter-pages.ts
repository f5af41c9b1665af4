import type { Transaction } from '@handoff/bus';
import { newId, type Seconds } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { addToPage, pageDueAt, type DeadLetterPage, type HeardDeadLetter } from '../domain/dead-letter-page.js';

interface PageRow {
  readonly id: string;
  readonly page: DeadLetterPage;
}

/** Adds them to the page that is being collected, or begins one. Two replicas take turns; a page that was sent is not added to. */
export async function addDeadLetters(tx: Transaction, heard: readonly HeardDeadLetter[], apart: Seconds): Promise<void> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff dead letter page ' || current_schema(), 0))`);
  const [open] = await tx.rows<PageRow>(`SELECT id, page FROM dead_letter_pages WHERE state = 'collecting' FOR UPDATE`);
  const [before] = await tx.rows<{ paged_at: Date | null }>('SELECT max(paged_at) AS paged_at FROM dead_letter_pages');
  const page = addToPage(open?.page ?? null, heard, await databaseNow(tx.db));
  await tx.rows(
    `INSERT INTO dead_letter_pages (id, state, page, due_at) VALUES ($1, 'collecting', $2, $3)
     ON CONFLICT (id) DO UPDATE SET page = excluded.page, due_at = excluded.due_at`,
    [open?.id ?? newId(), JSON.stringify(page), pageDueAt(page, before?.paged_at ?? null, apart)],
  );
}

export interface DuePage extends PageRow {
  readonly attempts: number;
}

/** The page that is due, leased to the caller: after `lease` without a result it is somebody else's. */
export async function claimDuePage(tx: Transaction, lease: Seconds): Promise<DuePage | null> {
  const [row] = await tx.rows<DuePage>(
    `UPDATE dead_letter_pages SET state = 'sending', attempts = attempts + 1, paged_at = coalesce(paged_at, handoff_now()),
       lease_until = handoff_now() + make_interval(secs => $1)
     WHERE id = (
       SELECT id FROM dead_letter_pages
       WHERE state IN ('collecting', 'due', 'sending') AND due_at <= handoff_now() AND (state <> 'sending' OR lease_until < handoff_now())
       ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, page, attempts`,
    [lease],
  );
  return row ?? null;
}

export interface PageResult {
  readonly state: 'delivered' | 'failed' | 'due';
  readonly error: string | null;
  /** With `due`: how long until the next attempt. */
  readonly retryIn: Seconds;
}

/** Only where the caller still holds it. */
export async function recordPage(tx: Transaction, { id, attempts }: DuePage, { state, error, retryIn }: PageResult): Promise<void> {
  await tx.rows(
    `UPDATE dead_letter_pages SET state = $3, last_error = $4, lease_until = NULL, due_at = handoff_now() + make_interval(secs => $5)
     WHERE id = $1 AND state = 'sending' AND attempts = $2`,
    [id, attempts, state, error, retryIn],
  );
}

/** Seconds until the next page is due, on the database's clock; null where none is waiting. */
export async function nextPageIn(tx: Transaction): Promise<Seconds | null> {
  const [row] = await tx.rows<{ seconds: number | null }>(
    `SELECT extract(epoch FROM min(greatest(due_at, lease_until)) - handoff_now())::float8 AS seconds
     FROM dead_letter_pages WHERE state IN ('collecting', 'due', 'sending')`,
  );
  return row?.seconds ?? null;
}
