import type { HandoffId } from '@handoff/contracts';
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { hasStatus } from '../api/problem-error.js';
import { useHandoff } from '../api/use-desk.js';
import { useSeen } from '../api/use-seen.js';
import { Failure } from '../shell/failure.js';
import classes from './handoff-pane.module.css';
import { HandoffView } from './handoff-view.js';

interface HandoffPaneProps {
  readonly id: HandoffId | null;
  readonly onBack: (id: HandoffId) => void;
  readonly onDecided: (id: HandoffId) => void;
}

export function HandoffPane({ id, onBack, onDecided }: HandoffPaneProps): ReactNode {
  return (
    <article className={classes.pane} aria-label="Handoff">
      {id === null ? (
        <p className={classes.hint}>Open a handoff to see all of it and to answer.</p>
      ) : (
        <LoadedHandoff key={id} id={id} onBack={() => onBack(id)} onDecided={() => onDecided(id)} />
      )}
    </article>
  );
}

interface LoadedHandoffProps {
  readonly id: HandoffId;
  readonly onBack: () => void;
  readonly onDecided: () => void;
}

function LoadedHandoff({ id, onBack, onDecided }: LoadedHandoffProps): ReactNode {
  const handoff = useHandoff(id);
  useSeen(id, handoff.data?.state === 'open');
  if (handoff.data) return <HandoffView detail={handoff.data} stale={handoff.isError} onBack={onBack} onDecided={onDecided} />;
  const unknown = hasStatus(handoff.error, 404);
  return (
    <div className={classes.plain}>
      {handoff.isPending && <p className={classes.hint}>Loading…</p>}
      <Failure error={handoff.error} title={unknown ? 'There is no such handoff' : 'The handoff could not be loaded'} />
      <Group>
        {handoff.isError && !unknown && <Button onClick={() => void handoff.refetch()}>Try again</Button>}
        <Button variant="default" onClick={onBack}>
          Back to the queue
        </Button>
      </Group>
    </div>
  );
}
