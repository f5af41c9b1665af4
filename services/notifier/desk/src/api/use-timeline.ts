import type { HandoffId, Timeline } from '@handoff/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { read } from './request.js';
import { keys } from './use-desk.js';

/** Five services are asked for it: only where somebody wants to see it. Among what is read of the handoff, so that it is read again with it. */
export function useTimeline(id: HandoffId, enabled: boolean): UseQueryResult<Timeline> {
  return useQuery({
    queryKey: [...keys.handoff(id), 'timeline'],
    queryFn: ({ signal }) => read<Timeline>(`/handoffs/${encodeURIComponent(id)}/history`, signal),
    enabled,
  });
}
