import type { ReactNode } from 'react';
import { DataTable } from '../shell/data-table.js';
import { PacketLine } from '../text/packet-text.js';
import { formatSpan } from '../time/format-span.js';
import { percentOf, type SlaReport, type SlaRow } from './sla-rows.js';
import { KEY_WORDS, keyText } from './sla-words.js';
import classes from './sla.module.css';

export function SlaTable({ report: { by, rows } }: { readonly report: SlaReport }): ReactNode {
  const keys = by.map((key) => KEY_WORDS[key]);
  const titles = [...keys, ...COLUMNS.map(({ title }) => title)];
  return (
    <DataTable className={classes.table} caption={`Decided in time, by ${keys.join(' and ')}`} titles={titles}>
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
    </DataTable>
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
