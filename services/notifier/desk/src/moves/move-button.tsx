import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { MoveDialog } from './move-dialog.js';
import { MOVE_WORDS, movesFor, type AskingMove } from './move-words.js';

/** One move where it is looked for, beside the menu that has them all; nothing, where it cannot be made now. */
export function MoveButton({ detail, move }: { readonly detail: DeskDetail; readonly move: AskingMove }): ReactNode {
  const [asked, setAsked] = useState(false);
  if (!movesFor(detail).includes(move)) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {MOVE_WORDS[move].label}
      </Button>
      {asked && <MoveDialog detail={detail} move={move} onClose={() => setAsked(false)} />}
    </>
  );
}
