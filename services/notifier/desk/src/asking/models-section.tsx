import type { ReactNode } from 'react';
import type { Bin, Models } from '../api/use-asking.js';
import { Absent, Section } from '../handoff/section.js';
import { DataTable } from '../shell/data-table.js';
import { percentOf } from '../sla/sla-rows.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import classes from './asking.module.css';
import { ThresholdSection } from './threshold-section.js';

const STATES = { champion: 'advises', shadow: 'is compared', retired: 'is retired' } as const;

/** Which model advises, how far its word can be taken, and what became of those before it. */
export function ModelsSection({ models: { champion, threshold, items, events } }: { readonly models: Models }): ReactNode {
  const judged = items.find(({ version }) => version === champion) ?? items[0];
  const bins = judged?.figures.fails_alone?.calibration_table ?? [];
  return (
    <>
      <Section title="Models" note={champion === null ? 'a rule advises' : `${champion} advises`}>
        {items.length === 0 && <Absent>None was trained yet: the rules answer, and say so.</Absent>}
        <ul className={classes.models}>
          {items.map(({ version, state, cases, trained_at, figures }) => (
            <li key={version}>
              <strong>{version}</strong> {STATES[state]}; of {cases.toLocaleString('en')} cases, {formatInstant(trained_at)}
              {figures.fails_alone?.later && (
                <span className={classes.count}>
                  {' '}
                  (on later ones: log loss {figures.fails_alone.later.log_loss.toFixed(3)}, calibration error{' '}
                  {percentOf(figures.fails_alone.later.ece)})
                </span>
              )}
            </li>
          ))}
        </ul>
        {events.length > 0 && <h4 className={classes.title}>History</h4>}
        <ol className={classes.models}>
          {events.map(({ version, event, by, why, at }) => (
            <li key={`${version} ${event} ${at}`}>
              {formatInstant(at)}: {version} {event.replaceAll('_', ' ')} by <PacketLine text={by} />. <PacketLine text={why} />
            </li>
          ))}
        </ol>
      </Section>
      {bins.length > 0 && <Calibration bins={bins} />}
      {bins.length > 0 && <ThresholdSection bins={bins} current={threshold} />}
    </>
  );
}

function Calibration({ bins }: { readonly bins: readonly Bin[] }): ReactNode {
  return (
    <Section title="Calibration" note="what was said, and what came">
      <DataTable className={classes.table} caption="How often what was said came true" titles={['Said to fail', 'Cases', 'Failed']}>
        {bins.map(({ from, to, n, said, came }) => (
          <tr key={from} role="row">
            <th role="rowheader" scope="row">
              {percentOf(from)} to {percentOf(to)}
            </th>
            <td role="cell" data-title="Cases">
              {n.toLocaleString('en')}
            </td>
            <td role="cell" data-title="Failed">
              <strong>{percentOf(came)}</strong> <span className={classes.count}>said {percentOf(said)}</span>
            </td>
          </tr>
        ))}
      </DataTable>
    </Section>
  );
}
