import { Kbd, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '../shell/dialog.js';
import classes from './keys-dialog.module.css';
import { useLetterKeys } from './use-keys.js';

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', '↓'], 'Next in the queue (arrows while the queue has the focus)'],
  [['k', '↑'], 'Previous in the queue'],
  [['Enter'], 'Open it'],
  [['a'], 'Start to approve'],
  [['e'], 'Start to approve with edits'],
  [['r'], 'Start to reject'],
  [['m'], 'Start to respond'],
  [['t'], 'Start to take over'],
  [['Ctrl + Enter'], 'Confirm what was started'],
  [['z'], 'Take back the last answer, before it is sent'],
  [['Esc'], 'Close what was started, then back to the queue'],
  [['/'], 'Search'],
  [['?'], 'Show these keys'],
];

export function KeysDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }): ReactNode {
  const [letters, setLetters] = useLetterKeys();
  return (
    <Dialog title="Keys" opened={opened} onClose={onClose}>
      <dl className={classes.keys}>
        {KEYS.map(([keys, does]) => (
          <div key={does} className={classes.row}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt="md"
        label="Single-letter keys"
        description="Switch them off if you use speech input, or press keys by accident."
        checked={letters}
        onChange={(event) => setLetters(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
