import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePolicy, usePolicyDiff } from '../api/use-policy.js';
import { Absent } from '../handoff/section.js';
import { ChangesTable } from '../json/changes-table.js';
import { Failure } from '../shell/failure.js';
import { Person } from '../shell/me-context.js';
import { Notice } from '../shell/notice.js';
import type { PolicyDraft } from './policy-draft.js';

interface OvertakenNoticeProps {
  readonly draft: PolicyDraft;
  readonly onGoOn: (basedOn: number) => void;
}

/** Somebody else has applied another one meanwhile: what that changed, and that what was written here would undo it. */
export function OvertakenNotice({ draft, onGoOn }: OvertakenNoticeProps): ReactNode {
  const current = usePolicy('current');
  const newer = current.data && current.data.version !== draft.basedOn ? current.data : null;
  const theirs = usePolicyDiff(newer?.text ?? null, draft.basedOn);
  return (
    <Notice tone="warn" title="Not applied: somebody else changed the policy meanwhile" live>
      <Failure error={current.error ?? theirs.error} />
      {!newer && <Absent>Loading what changed…</Absent>}
      {newer && (
        <>
          <p>
            Version {newer.version}, by {newer.loaded_by ? <Person id={newer.loaded_by} /> : 'nobody known'}, changed this. Write it into
            yours, or yours undoes it.
          </p>
          {theirs.data && (
            <ChangesTable caption={`What version ${newer.version} changed`} changes={theirs.data} after={`Version ${newer.version}`} />
          )}
          <Group mt="xs">
            <Button size="compact-md" variant="default" onClick={() => onGoOn(newer.version)}>
              Go on from version {newer.version}
            </Button>
          </Group>
        </>
      )}
    </Notice>
  );
}
