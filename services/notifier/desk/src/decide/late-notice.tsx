import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Problem } from '../api/desk-types.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './decision-bar.module.css';

/** Somebody was first. Said in the server's words, which are the same on every channel. */
export function LateNotice({ problem, onNext }: { readonly problem: Problem; readonly onNext: () => void }): ReactNode {
  const notice = useRef<HTMLElement>(null);
  useEffect(() => notice.current?.focus(), []); // the button that had the focus is gone
  return (
    <section ref={notice} tabIndex={-1} className={classes.bar} aria-label="Decision" data-open="true">
      <Notice tone="warn" live title="Your answer was not taken">
        <p>
          <PacketLine text={problem.detail} />
        </p>
        <Button mt="xs" size="compact-md" variant="default" onClick={onNext}>
          Next handoff
        </Button>
      </Notice>
    </section>
  );
}
