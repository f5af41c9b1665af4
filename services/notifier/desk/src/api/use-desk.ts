import type { HandoffId } from '@handoff/contracts';
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { DeskDetail, DeskQueue, Directory, Me } from './desk-types.js';
import { hasStatus } from './problem-error.js';
import { read } from './request.js';

export interface QueueAnswer extends DeskQueue {
  /** Milliseconds to add to this browser's clock to get the server's. */
  readonly clockOffset: number;
}

export const keys = {
  me: ['me'],
  queues: ['queue'],
  queue: (state: QueueState) => ['queue', state],
  handoffs: ['handoff'],
  handoff: (id: HandoffId) => ['handoff', id],
  /** Among the queues: it is of the same rows, and as old as they are. */
  handover: (team: string) => ['queue', 'handover', team],
  pauses: ['pauses'],
  audit: ['audit'],
} as const;

/** A floor under the event stream: if it is silent for a wrong reason, the desk is still never older than this. */
export const REFETCH_MS = 30_000;

/** Null: not signed in. */
export function useMe(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) =>
      read<Me>('/me', signal).catch((error: unknown) => {
        if (hasStatus(error, 401)) return null;
        throw error;
      }),
    staleTime: Infinity,
  });
}

export type QueueState = keyof typeof QUEUES;

/** What is put off is among what is open, and marked; what is held is what this person took over. */
const QUEUES = {
  with_agent: 'state=with_agent',
  open: 'state=open&deferred=shown',
  ended: 'state=ended',
  held: 'state=held&scope=mine',
} as const;

export function useQueue(state: QueueState, enabled = true): UseQueryResult<QueueAnswer> {
  return useQuery({
    queryKey: keys.queue(state),
    queryFn: async ({ signal }) => {
      const queue = await read<DeskQueue>(`/handoffs?${QUEUES[state]}`, signal);
      return { ...queue, clockOffset: Date.parse(queue.now) - Date.now() };
    },
    enabled,
    refetchInterval: REFETCH_MS,
  });
}

export function useHandoff(id: HandoffId): UseQueryResult<DeskDetail> {
  return useQuery({
    queryKey: keys.handoff(id),
    queryFn: ({ signal }) => read<DeskDetail>(`/handoffs/${encodeURIComponent(id)}`, signal),
  });
}

/** People come and go seldom. */
export function useDirectory(): UseQueryResult<Directory> {
  return useQuery({ queryKey: ['directory'], queryFn: ({ signal }) => read<Directory>('/directory', signal), staleTime: 60_000 });
}

export function useRefetch(): (id?: HandoffId) => void {
  const client = useQueryClient();
  return (id) => {
    void client.invalidateQueries({ queryKey: keys.queues });
    void client.invalidateQueries({ queryKey: id ? keys.handoff(id) : keys.handoffs });
  };
}
