import { Button, Menu } from '@mantine/core';
import { use, useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { useMove } from '../api/use-answers.js';
import { Failure } from '../shell/failure.js';
import { MeContext, useMayLead } from '../shell/me-context.js';
import { MoveDialog } from './move-dialog.js';
import classes from './move-menu.module.css';
import { MOVE_WORDS, movesFor, type AskingMove } from './move-words.js';
import { RecordItems } from './record-items.js';

/** What a person does short of deciding, and after it. */
export function MoveMenu({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const [asked, setAsked] = useState<AskingMove | null>(null);
  const moves = movesFor(detail);
  const mayLead = useMayLead();
  return (
    <>
      {detail.state === 'open' && <OnIt detail={detail} />}
      {(moves.length > 0 || mayLead) && (
        <Menu position="bottom-end" shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button variant="default">More</Button>
          </Menu.Target>
          <Menu.Dropdown className={classes.menu}>
            {moves.map((move) => (
              <Menu.Item key={move} onClick={() => setAsked(move)}>
                {MOVE_WORDS[move].label}
              </Menu.Item>
            ))}
            {mayLead && <RecordItems id={detail.handoff_id} />}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && <MoveDialog key={asked} detail={detail} move={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

/** "I am on it", and its taking back. It stops the reminders, bars nobody else, and leaves the deadline where it is. */
function OnIt({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const me = use(MeContext);
  const move = useMove(detail.handoff_id);
  const mine = detail.acknowledged_by !== null && detail.acknowledged_by === me?.subject;
  const next = mine ? 'release' : 'acknowledge';
  if (!detail.may.includes(next)) return null;
  return (
    <>
      <Button
        variant="default"
        loading={move.isPending}
        title={mine ? 'You are no longer on it; reminders go on' : 'Tells the others that you are on it, and stops the reminders'}
        onClick={() => move.mutate({ move: next })}
      >
        {mine ? 'Release' : 'Acknowledge'}
      </Button>
      <Failure error={move.error} />
    </>
  );
}
