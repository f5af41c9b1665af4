import { Button } from '@mantine/core';
import { use, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { describeError } from '../api/problem-error.js';
import { useMove } from '../api/use-answers.js';
import { MeContext } from '../shell/me-context.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';

/** "I am on it", and its taking back. It stops the reminders, bars nobody else, and leaves the deadline where it is. */
export function MoveButtons({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const me = use(MeContext);
  const move = useMove(detail.handoff_id);
  if (!detail.may_decide) return null;
  const mine = detail.acknowledged_by !== null && detail.acknowledged_by === me?.subject;
  return (
    <>
      <Button
        variant="default"
        loading={move.isPending}
        title={mine ? 'You are no longer on it; reminders go on' : 'Tells the others that you are on it, and stops the reminders'}
        onClick={() => move.mutate(mine ? 'release' : 'acknowledge')}
      >
        {mine ? 'Release' : 'Acknowledge'}
      </Button>
      {move.isError && (
        <Notice tone="danger" title="That did not work" live>
          <PacketLine text={describeError(move.error)} />
        </Notice>
      )}
    </>
  );
}
