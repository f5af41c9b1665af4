import type { HandoffControl } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { Person } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { nameOfPaused } from './pause-words.js';

/** What is paused, until when, by whom and why. */
export function PauseLine({ pause }: { readonly pause: HandoffControl }): ReactNode {
  return (
    <>
      <strong>
        <PacketLine text={nameOfPaused(pause)} /> is paused
      </strong>{' '}
      until {formatInstant(pause.until)}, by <Person id={pause.changed_by} />: <PacketLine text={pause.reason} />
    </>
  );
}
