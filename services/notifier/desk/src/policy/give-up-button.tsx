import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../shell/dialog.js';

interface GiveUpButtonProps {
  /** Something was written. */
  readonly isChanged: boolean;
  readonly onGiveUp: () => void;
}

/** What was written is not thrown away by one press. */
export function GiveUpButton({ isChanged, onGiveUp }: GiveUpButtonProps): ReactNode {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => (isChanged ? setAsking(true) : onGiveUp())}>
        Give it up
      </Button>
      {isAsking && (
        <Dialog title="Give up what was written" onClose={() => setAsking(false)}>
          <Stack gap="sm">
            <p>The policy in force stays as it is. What was written here is gone then.</p>
            <Group>
              <Button color="red" onClick={onGiveUp}>
                Give it up
              </Button>
              <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
                Go on writing
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}
