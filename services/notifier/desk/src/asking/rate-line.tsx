import type { ReactNode } from 'react';
import classes from './asking.module.css';

const [WIDTH, HEIGHT, EDGE] = [160, 36, 3];

/** A rate over time, from 0 at the bottom to 1; weeks of which nothing is known are gaps. The table below has the figures. */
export function RateLine({ rates }: { readonly rates: readonly (number | null)[] }): ReactNode {
  const x = (at: number): number => EDGE + (at / Math.max(1, rates.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (rate: number): number => HEIGHT - EDGE - rate * (HEIGHT - 2 * EDGE);
  const points = rates.flatMap((rate, at) => (rate === null ? [] : [{ at, rate, isJoined: at > 0 && rates[at - 1] !== null }]));
  const path = points.map(({ at, rate, isJoined }) => `${isJoined ? 'L' : 'M'}${x(at)} ${y(rate)}`).join('');
  return (
    <svg className={classes.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} className={classes.axis} />
      <path d={path} />
      {points.map(({ at, rate }) => (
        <circle key={at} cx={x(at)} cy={y(rate)} r="2" />
      ))}
    </svg>
  );
}
