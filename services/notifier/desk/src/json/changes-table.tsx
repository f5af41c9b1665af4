import type { Json } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { Absent } from '../handoff/section.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './changes-table.module.css';
import { JsonTree } from './json-tree.js';

export interface Change {
  readonly path: string;
  /** Left out where it was not there. */
  readonly before?: Json;
  /** Left out where it is there no more. */
  readonly after?: Json;
}

interface ChangesTableProps {
  readonly caption: string;
  readonly changes: readonly Change[];
  /** What the other side is called. */
  readonly after: string;
}

/** What is different between two of something; nothing where nothing is. */
export function ChangesTable({ caption, changes, after }: ChangesTableProps): ReactNode {
  if (changes.length === 0) return null;
  return (
    <table className={classes.changes}>
      <caption className="desk-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Before</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path}>
            <th scope="row">
              <PacketLine text={change.path} />
            </th>
            <td>
              <Side value={change.before} name={change.path} />
            </td>
            <td>
              <Side value={change.after} name={change.path} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Side = ({ value, name }: { readonly value: Json | undefined; readonly name: string }): ReactNode =>
  value === undefined ? <Absent>not there</Absent> : <JsonTree value={value} name={name} />;
