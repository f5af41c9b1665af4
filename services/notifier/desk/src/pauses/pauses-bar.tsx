import type { ReactNode } from 'react';
import { usePauses } from '../api/use-pauses.js';
import { routeToPage } from '../shell/read-route.js';
import { PauseLine } from './pause-line.js';
import classes from './pauses.module.css';

const MOST_LINES = 2;

/** Everybody sees what is paused, wherever they are on the desk. */
export function PausesBar(): ReactNode {
  const pauses = usePauses().data ?? [];
  const more = pauses.length - MOST_LINES;
  return (
    <div role="status" className={classes.bar}>
      {pauses.slice(0, MOST_LINES).map((pause) => (
        <p key={pause.id}>
          <PauseLine pause={pause} />
        </p>
      ))}
      {more > 0 && (
        <p>
          <a href={routeToPage('pauses')}>{more === 1 ? 'One more is paused' : `${more} more are paused`}</a>
        </p>
      )}
    </div>
  );
}
