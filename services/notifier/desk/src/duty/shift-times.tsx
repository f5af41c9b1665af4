import type { ReactNode } from 'react';
import { formatMoment, localZone } from '../time/format-instant.js';

interface ShiftTimesProps {
  readonly span: { readonly from: string; readonly until: string };
  readonly zone: string;
}

/** In the reader's zone, and in the schedule's beside where that is another one. */
export function ShiftTimes({ span: { from, until }, zone }: ShiftTimesProps): ReactNode {
  const inZone = (timeZone: string) => `${formatMoment(Date.parse(from), timeZone)} to ${formatMoment(Date.parse(until), timeZone)}`;
  return (
    <>
      {inZone(localZone())}
      {zone !== localZone() && ` (${inZone(zone)} in ${zone})`}
    </>
  );
}
