import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Me } from '../api/desk-types.js';
import { useSignOut } from '../api/use-answers.js';
import type { Connection } from '../api/use-events.js';
import { useHeldAnswers } from '../hold/use-held-answers.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './desk-header.module.css';
import { DeskNav } from './desk-nav.js';

interface DeskHeaderProps {
  readonly me: Me;
  readonly connection: Connection;
  readonly onShowKeys: () => void;
}

const CONNECTION_WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting… this may be old',
};

export function DeskHeader({ me, connection, onShowKeys }: DeskHeaderProps): ReactNode {
  const signOut = useSignOut();
  const isSending = useHeldAnswers().all.some(({ state }) => state.kind !== 'failed'); // it would have no session to be sent in
  return (
    <header className={classes.header}>
      <h1 className={classes.brand}>
        <img src="/favicon.svg" alt="" width={24} height={24} />
        Handoff desk
      </h1>
      <span className={classes.connection} data-connection={connection}>
        {CONNECTION_WORDS[connection]}
      </span>
      <DeskNav />
      <span className={classes.space} />
      <Button variant="subtle" size="compact-sm" className={classes.keys} onClick={onShowKeys}>
        Keys
      </Button>
      <a className={classes.me} href="#/mine" title="How you are reached">
        <PacketLine text={me.name} />
      </a>
      <Button variant="default" size="compact-sm" loading={signOut.isPending} disabled={isSending} onClick={() => signOut.mutate()}>
        Sign out
      </Button>
    </header>
  );
}
