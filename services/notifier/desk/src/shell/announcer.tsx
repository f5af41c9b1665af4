import { useRef, useEffect, useState, type ReactNode } from 'react';
import type { DeskSummary } from '../api/desk-types.js';
import type { Connection } from '../api/use-events.js';
import { describeChange } from './describe-change.js';

interface AnnouncerProps {
  /** What waits for this person; null until it is known. */
  readonly waiting: readonly DeskSummary[] | null;
  readonly connection: Connection;
}

/** Says in words what otherwise only moves on the screen. Our words and counts alone, never packet text. */
export function Announcer({ waiting, connection }: AnnouncerProps): ReactNode {
  const [said, setSaid] = useState('');
  const before = useRef<readonly string[] | null>(null);
  const ids = waiting?.map((item) => item.handoff_id).join(' ') ?? null;

  useEffect(() => {
    if (ids === null) return;
    const now = ids.split(' ').filter(Boolean);
    if (before.current) setSaid((last) => describeChange(before.current ?? [], now) ?? last);
    before.current = now;
  }, [ids]);

  return (
    <div role="status" className="desk-hidden">
      <p>{said}</p>
      <p>{connection === 'reconnecting' ? 'The connection is lost. Reconnecting; what is shown may be old.' : ''}</p>
    </div>
  );
}
