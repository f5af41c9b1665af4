import type { ReactNode } from 'react';
import classes from './pill.module.css';

export type PillTone = 'plain' | 'accent' | 'warn' | 'danger' | 'ok';

/** A short word of ours about an item. Its colour only repeats what the word says. */
export function Pill({ tone = 'plain', children }: { readonly tone?: PillTone; readonly children: ReactNode }): ReactNode {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  );
}
