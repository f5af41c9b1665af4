import type { ReactNode } from 'react';
import { PacketLine } from '../text/packet-text.js';
import { formatSpan } from '../time/format-span.js';
import { percentOf, type SlaReport, type SlaRow } from './sla-rows.js';
import { KEY_WORDS, keyText } from './sla-words.js';
import classes from './sla.module.css';

/** Roles are said, because on a small screen a row is drawn as a block and would be no row any more. */
export function SlaTable({ report: { by, rows } }: { readonly report: SlaReport }): ReactNode {
  return (
    <table role="table" className={classes.table}>
      <caption className="desk-hidden">Decided in time, by {by.map((key) => KEY_WORDS[key]).join(' and ')}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {by.map((key) => (
            <th key={key} role="columnheader" scope="col">
              {KEY_WORDS[key]}
            </th>
          ))}
          {COLUMNS.map(({ title }) => (
            <th key={title} role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={by.map((key) => row[key]).join('\n')} role="row">
            {by.map((key) => (
              <th key={key} role="rowheader" scope="row">
                <PacketLine text={keyText(key, row[key])} />
              </th>
            ))}
            {COLUMNS.map(({ title, show }) => (
              <td key={title} role="cell" data-title={title}>
                {show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const span = (seconds: number | null): string => (seconds === null ? '–' : formatSpan(seconds));

const COLUMNS: readonly { readonly title: string; readonly show: (row: SlaRow) => ReactNode }[] = [
  { title: 'In time', show: (row) => <Attainment row={row} /> },
  { title: 'Half within', show: (row) => span(row.median_seconds) },
  { title: 'Nine of ten within', show: (row) => span(row.p90_seconds) },
  { title: 'Levels missed', show: (row) => row.breached_levels.toLocaleString('en') },
  { title: 'Still open', show: ({ open, late }) => `${open.toLocaleString('en')}${late > 0 ? `, ${late.toLocaleString('en')} late` : ''}` },
];

function Attainment({ row: { attainment, met, decided } }: { readonly row: SlaRow }): ReactNode {
  return (
    <>
      <span className={classes.bar} aria-hidden="true">
        <span style={{ width: `${(attainment ?? 0) * 100}%` }} />
      </span>
      <strong>{percentOf(attainment)}</strong>{' '}
      <span className={classes.count}>
        {met.toLocaleString('en')} of {decided.toLocaleString('en')}
      </span>
    </>
  );
}
