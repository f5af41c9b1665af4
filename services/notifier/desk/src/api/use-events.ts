import type { HandoffId } from '@handoff/contracts';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from './use-desk.js';

export type Connection = 'connecting' | 'live' | 'reconnecting';

const GATHER_MS = 250;
const RETRY_MS = 3_000;

/** Refetches what the server says has changed, and everything after a gap: events sent meanwhile are not repeated. */
export function useEvents(): Connection {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');

  useEffect(() => {
    const changed = new Set<HandoffId | ''>();
    let source: EventSource | undefined;
    let gather: ReturnType<typeof setTimeout> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let missed = false;

    const refetch = async (queryKey: QueryKey) => {
      await client.cancelQueries({ queryKey }); // a first read that is under way may be from before the change, and would not be begun again
      await client.invalidateQueries({ queryKey });
    };
    const refetchChanged = () => {
      gather = undefined;
      // without an id: many changed at once, or something may have been missed
      for (const id of changed) void refetch(id ? keys.handoff(id) : keys.handoffs);
      if (changed.has('')) void refetch(keys.pauses);
      changed.clear();
      void refetch(keys.queues);
    };
    const connect = () => {
      source = new EventSource('/desk/v1/events');
      source.addEventListener('open', () => {
        setConnection('live');
        if (missed) void client.invalidateQueries();
        missed = false;
      });
      source.addEventListener('changed', (event: MessageEvent<string>) => {
        changed.add((JSON.parse(event.data) as { handoff_id: HandoffId | '' }).handoff_id);
        gather ??= setTimeout(refetchChanged, GATHER_MS);
      });
      source.addEventListener('error', () => {
        missed = true;
        setConnection('reconnecting');
        // the browser reconnects by itself after a lost connection, but gives up for good after an error status
        if (source?.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey: keys.me }); // perhaps the session has ended
        retry = setTimeout(connect, RETRY_MS);
      });
    };

    connect();
    return () => {
      source?.close();
      clearTimeout(gather);
      clearTimeout(retry);
    };
  }, [client]);

  return connection;
}
