import type { HandoffControl } from '@handoff/contracts';
import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useEndPause } from '../api/use-pauses.js';
import { Dialog } from '../shell/dialog.js';
import { FormFailure } from '../shell/failure.js';
import { PauseLine } from './pause-line.js';
import { ReasonField } from './reason-field.js';

/** Ends a pause before its time, for a reason. */
export function EndPauseDialog({ pause, onClose }: { readonly pause: HandoffControl; readonly onClose: () => void }): ReactNode {
  const [reason, setReason] = useState('');
  const end = useEndPause();
  const { control, name } = pause;
  return (
    <Dialog title="End the pause" onClose={onClose}>
      <Stack gap="sm">
        <p>
          <PauseLine pause={pause} />
        </p>
        <ReasonField data-autofocus label="Why it is over" value={reason} onReason={setReason} error={end.error} />
        <FormFailure error={end.error} />
        <Group>
          <Button loading={end.isPending} onClick={() => end.mutate({ control, name, reason }, { onSuccess: onClose })}>
            End it now
          </Button>
          <Button variant="default" disabled={end.isPending} onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
