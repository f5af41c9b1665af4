import type { ReactNode } from 'react';
import { useKeys } from '../keys/use-keys.js';
import classes from './subpage.module.css';
import { openHandoff } from './use-route.js';

/** A page beside the queue. */
export function Subpage({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  useKeys({ back: () => openHandoff(null) });
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <a href="#/">To the queue</a>
        </div>
        {children}
      </div>
    </main>
  );
}
