import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { URGENCY_WORDS } from '../handoff/handoff-words.js';
import type { ReactNode, RefObject } from 'react';
import type { QueueFilter, QueueTab, TabCounts } from './filter-queue.js';
import classes from './queue-pane.module.css';

interface QueueControlsProps {
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
  /** Null as long as the queue was never read. */
  readonly counts: (TabCounts & { readonly held: number }) | null;
  readonly teams: readonly (readonly [team: string, count: number])[];
}

const URGENCIES = Object.entries(URGENCY_WORDS).map(([value, label]) => ({ value, label: `${label} urgency` }));

/** Which part of the queue is shown. */
export function QueueControls({ filter, onFilter, searchField, counts, teams }: QueueControlsProps): ReactNode {
  const { tab, team, urgency, search } = filter;
  const labelled = (value: keyof TabCounts | 'held', label: string) => ({ value, label: `${label}${counts ? ` ${counts[value]}` : ''}` });
  const chosen = team === '' || teams.some(([known]) => known === team) ? teams : [...teams, [team, 0] as const];
  return (
    <div className={classes.controls}>
      <h2 id="queue-title" className="desk-hidden">
        Queue
      </h2>
      <SegmentedControl
        fullWidth
        aria-label="Which handoffs to show"
        value={tab}
        onChange={(value) => onFilter({ ...filter, tab: value as QueueTab })} // one of the values just below
        data={[
          labelled('mine', 'Mine'),
          labelled('team', 'Team'),
          labelled('all', 'All'),
          ...(counts?.held || tab === 'held' ? [labelled('held', 'Held')] : []),
          { value: 'ended', label: 'Ended' },
        ]}
      />
      <TextInput
        ref={searchField}
        type="search"
        aria-label="Search handoffs"
        placeholder="Search"
        value={search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
      />
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          aria-label="Team"
          value={team}
          onChange={(event) => onFilter({ ...filter, team: event.currentTarget.value })}
          data={[{ value: '', label: 'Every team' }, ...chosen.map(([value, count]) => ({ value, label: `${value} (${count})` }))]}
        />
        <NativeSelect
          size="xs"
          aria-label="Urgency"
          value={urgency}
          onChange={(event) => onFilter({ ...filter, urgency: event.currentTarget.value as QueueFilter['urgency'] })} // one of the values just below
          data={[{ value: '', label: 'Every urgency' }, ...URGENCIES]}
        />
      </div>
    </div>
  );
}
