import { Button } from '@mantine/core';
import type { HandoffId } from '@handoff/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode, type RefObject } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import type { QueueAnswer } from '../api/use-desk.js';
import { Failure } from '../shell/failure.js';
import type { QueueFilter, TabCounts } from './filter-queue.js';
import { QueueControls } from './queue-controls.js';
import classes from './queue-pane.module.css';
import { QueueRow } from './queue-row.js';

interface QueuePaneProps {
  readonly query: UseQueryResult<QueueAnswer>;
  readonly shown: readonly DeskSummary[];
  readonly opened: HandoffId | null;
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly counts: (TabCounts & { readonly held: number }) | null;
  readonly teams: readonly (readonly [team: string, count: number])[];
}

export function QueuePane({ query, shown, opened, filter, onFilter, searchField, counts, teams }: QueuePaneProps): ReactNode {
  const [limit, setLimit] = useState(BATCH);
  return (
    <section className={classes.pane} aria-labelledby="queue-title">
      <QueueControls filter={filter} onFilter={onFilter} searchField={searchField} counts={counts} teams={teams} />
      <div className={classes.scroll}>
        <Failure error={query.error} title="The queue could not be refreshed" />
        {query.isPending && <p className={classes.empty}>Loading…</p>}
        {query.data && shown.length === 0 && <p className={classes.empty}>{emptyWords(filter, counts?.all ?? 0)}</p>}
        <ul className={classes.list}>
          {shown.slice(0, limit).map((item) => (
            <QueueRow key={item.handoff_id} item={item} opened={item.handoff_id === opened} />
          ))}
        </ul>
        {shown.length > limit && (
          <Button variant="default" m="md" onClick={() => setLimit(limit + BATCH)}>
            Show {Math.min(BATCH, shown.length - limit)} more of {shown.length}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Rows at first: whoever has more than this waiting searches, and the page stays quick. */
const BATCH = 200;

function emptyWords({ tab, team, urgency, search }: QueueFilter, all: number): string {
  if (search.trim() !== '' || team !== '' || urgency !== '') return 'Nothing here matches the search.';
  if (tab === 'ended') return 'Nothing has ended yet.';
  if (tab === 'held') return 'Nothing that you took over is left to be done.';
  if (tab !== 'all' && all > 0) return `Nothing waits for you. ${all} ${all === 1 ? 'waits' : 'wait'} for others, under All.`;
  return 'Nothing waits. New handoffs appear here by themselves.';
}
