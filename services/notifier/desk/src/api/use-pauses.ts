import type { HandoffControl } from '@handoff/contracts';
import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { PauseRequest } from './desk-types.js';
import { read, send } from './request.js';
import { keys, REFETCH_MS } from './use-desk.js';

/** What is paused now, the one that ends first before the others. */
export function usePauses(): UseQueryResult<readonly HandoffControl[]> {
  return useQuery({
    queryKey: keys.pauses,
    queryFn: async ({ signal }) => (await read<{ readonly pauses: readonly HandoffControl[] }>('/controls', signal)).pauses,
    refetchInterval: REFETCH_MS, // a pause ends by itself, of which nobody tells
  });
}

function useControl<Asked extends object>(verb: 'pause' | 'resume'): UseMutationResult<HandoffControl, Error, Asked> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked) => send<HandoffControl>(`/controls/${verb}`, asked),
    onSettled: () => client.invalidateQueries({ queryKey: keys.pauses }),
  });
}

export const usePause = () => useControl<PauseRequest>('pause');
/** Before its time. */
export const useEndPause = () => useControl<Omit<PauseRequest, 'for_seconds'>>('resume');
