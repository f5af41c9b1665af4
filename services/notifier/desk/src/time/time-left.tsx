import type { ReactNode } from 'react';
import { formatAgo, formatTimeLeft } from './format-time-left.js';
import { formatInstant } from './format-instant.js';
import { useServerNow } from './server-clock.js';
import classes from './time-left.module.css';

/** Counts down to an instant by the server's clock, and up again after it. */
export function TimeLeft({ due }: { readonly due: string | null }): ReactNode {
  const now = useServerNow();
  if (due === null) return <span className={classes.none}>no deadline yet</span>;
  const left = formatTimeLeft(Date.parse(due), now);
  return (
    <time className={classes.left} data-tone={left.tone} dateTime={due} title={formatInstant(due)}>
      <span aria-hidden="true">{left.text}</span>
      <span className="desk-hidden">{left.spoken}</span>
    </time>
  );
}

export function Ago({ at }: { readonly at: string }): ReactNode {
  const now = useServerNow();
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatAgo(Date.parse(at), now)}
    </time>
  );
}
