import { Button, Group } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Handover } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { writeHandover } from './write-handover.js';

/** The list to take along: as text for a chat or a mail, or on paper. */
export function TakeAlong({ handover }: { readonly handover: Handover }): ReactNode {
  const { copy, copied, error } = useClipboard();
  return (
    <>
      <Group>
        <Button variant="default" onClick={() => copy(writeHandover(handover, window.location.origin))}>
          Copy as text
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          Print
        </Button>
        <span role="status">{copied && 'Copied.'}</span>
      </Group>
      {error && (
        <Notice tone="danger" title="Not copied" live>
          The browser did not let the page write to the clipboard. Print it instead, or select and copy it.
        </Notice>
      )}
    </>
  );
}
