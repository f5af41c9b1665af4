import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChangesTable, type Change } from '../json/changes-table.js';
import { Dialog } from '../shell/dialog.js';

interface ApplyDialogProps {
  readonly changes: readonly Change[];
  readonly basedOn: number;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** What will be different, once more, before it is. */
export function ApplyDialog({ changes, basedOn, isPending, onConfirm, onClose }: ApplyDialogProps): ReactNode {
  return (
    <Dialog title="Apply the policy" onClose={onClose}>
      <Stack gap="sm">
        <p>New handoffs follow it from now on; those that wait already keep the version that they began with.</p>
        <ChangesTable caption={`What it changes of version ${basedOn}`} changes={changes} after="From now on" />
        <Group>
          <Button data-autofocus loading={isPending} onClick={onConfirm}>
            Put it in force
          </Button>
          <Button variant="default" disabled={isPending} onClick={onClose}>
            Not yet
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
