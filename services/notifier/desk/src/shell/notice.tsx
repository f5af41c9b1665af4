import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  readonly tone: 'info' | 'warn' | 'danger' | 'ok';
  readonly title: string;
  /** Read out at once where it appears in answer to something, or bears on what the person is doing. */
  readonly live?: boolean;
  readonly children?: ReactNode;
}

export function Notice({ tone, title, live = false, children }: NoticeProps): ReactNode {
  return (
    <div className={classes.notice} data-tone={tone} role={live ? 'alert' : undefined}>
      <strong>{title}</strong>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}
