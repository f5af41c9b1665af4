import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './plain-page.module.css';

interface PlainPageProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly onRetry?: () => void;
  /** The one thing to do. */
  readonly action?: ReactNode;
}

/** A page with one thing to say. */
export function PlainPage({ title, children, onRetry, action }: PlainPageProps): ReactNode {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <h1 className={classes.title}>{title}</h1>
        {children !== undefined && <p>{children}</p>}
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        {action}
      </div>
    </main>
  );
}
