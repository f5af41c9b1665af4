import type { Json } from '@handoff/contracts';
import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { JsonTree } from '../json/json-tree.js';
import { PacketLine } from '../text/packet-text.js';
import { Absent, Section } from './section.js';
import classes from './version-changes.module.css';

/** What each version of the packet changed of the one before; the newest first. */
export function VersionChanges({ detail: { versions } }: { readonly detail: DeskDetail }): ReactNode {
  const [at, setAt] = useState(versions.length - 1);
  const shown = versions[at];
  if (!shown) return null;
  return (
    <Section
      title="What changed since the agent first asked"
      note={
        <NativeSelect
          size="xs"
          aria-label="Version"
          value={String(at)}
          onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
          data={versions
            .map(({ packet_version }, index) => ({ value: String(index), label: `with version ${packet_version}` }))
            .toReversed()}
        />
      }
    >
      {shown.changes.length === 0 && <Absent>Nothing.</Absent>}
      <table className={classes.changes} hidden={shown.changes.length === 0}>
        <caption className="desk-hidden">What version {shown.packet_version} changed</caption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Before</th>
            <th scope="col">Since then</th>
          </tr>
        </thead>
        <tbody>
          {shown.changes.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">
                <PacketLine text={path} />
              </th>
              <td>
                <Side value={before} name={path} />
              </td>
              <td>
                <Side value={after} name={path} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const Side = ({ value, name }: { readonly value: Json | undefined; readonly name: string }): ReactNode =>
  value === undefined ? <Absent>not there</Absent> : <JsonTree value={value} name={name} />;
