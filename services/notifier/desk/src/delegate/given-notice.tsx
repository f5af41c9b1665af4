import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Delegated } from '../api/use-delegations.js';
import { Notice } from '../shell/notice.js';
import { routeTo, routeToPage } from '../shell/read-route.js';
import { PacketLine } from '../text/packet-text.js';

interface GivenNoticeProps {
  readonly given: Delegated;
  readonly onAnother: () => void;
}

export function GivenNotice({ given: { handoff_id, task_id }, onAnother }: GivenNoticeProps): ReactNode {
  return (
    <>
      <Notice tone="ok" title="The task is on its way" live>
        <PacketLine text={task_id} /> is offered to an agent now. What is delivered comes back to whoever reviews it.
      </Notice>
      <Group>
        <Button component="a" href={routeTo(handoff_id)}>
          Open it
        </Button>
        <Button component="a" variant="default" href={routeToPage('tasks')}>
          All that agents have
        </Button>
        <Button variant="default" onClick={onAnother}>
          Give another one
        </Button>
      </Group>
    </>
  );
}
