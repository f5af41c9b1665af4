import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEndOverride, type Schedule, type Shift } from '../api/use-duty.js';
import { Dialog } from '../shell/dialog.js';
import { Failure } from '../shell/failure.js';
import { PacketLine } from '../text/packet-text.js';
import { ShiftTimes } from './shift-times.js';

interface EndOverrideDialogProps {
  readonly schedule: Schedule;
  readonly override: Shift;
  readonly onClose: () => void;
}

export function EndOverrideDialog({ schedule, override, onClose }: EndOverrideDialogProps): ReactNode {
  const end = useEndOverride();
  return (
    <Dialog title="Cancel the override" onClose={onClose}>
      <Stack gap="sm">
        <p>
          <PacketLine text={override.name} />, <ShiftTimes span={override} zone={schedule.time_zone} />: whom the schedule itself names is
          on duty again.
        </p>
        <Failure error={end.error} />
        <Group>
          <Button loading={end.isPending} onClick={() => end.mutate(override.override_id ?? '', { onSuccess: onClose })}>
            Cancel the override
          </Button>
          <Button variant="default" disabled={end.isPending} onClick={onClose}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
