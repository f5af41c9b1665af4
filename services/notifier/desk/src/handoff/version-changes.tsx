import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { ChangesTable } from '../json/changes-table.js';
import { Absent, Section } from './section.js';

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
      <ChangesTable caption={`What version ${shown.packet_version} changed`} changes={shown.changes} after="Since then" />
    </Section>
  );
}
