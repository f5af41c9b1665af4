import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Handover } from './desk-types.js';
import { read } from './request.js';
import { keys, REFETCH_MS } from './use-desk.js';

/** @param team empty for all of mine */
export function useHandover(team: string): UseQueryResult<Handover> {
  return useQuery({
    queryKey: keys.handover(team),
    queryFn: ({ signal }) => read<Handover>(`/handover?${new URLSearchParams(team === '' ? {} : { team })}`, signal),
    refetchInterval: REFETCH_MS,
  });
}
