import type { Packet } from '@handoff/contracts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import { changedFields } from './changed-fields.js';

interface VersionNoticeProps {
  readonly before: Packet;
  readonly detail: DeskDetail;
  readonly onRestart: () => void;
}

/** The agent sent a new packet while this one was being answered; what was typed stays, but is not sent for it unseen. */
export function VersionNotice({ before, detail, onRestart }: VersionNoticeProps): ReactNode {
  const changed = changedFields(before, detail.packet);
  return (
    <Notice tone="warn" live title={`The agent has sent packet version ${detail.packet_version} meanwhile`}>
      <p>
        {changed.length > 0 && (
          <>
            Changed: <PacketLine text={changed.join(', ')} />.{' '}
          </>
        )}
        Look at it again above, then go on.
      </p>
      <Button mt="xs" size="compact-md" variant="default" onClick={onRestart}>
        Go on with version {detail.packet_version}
      </Button>
    </Notice>
  );
}
