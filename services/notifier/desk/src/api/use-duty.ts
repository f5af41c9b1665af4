import type { PersonId, TeamId } from '@handoff/contracts';
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Week } from '../time/week.js';
import { read, send } from './request.js';
import { REFETCH_MS } from './use-desk.js';

/** What routing answers under /v1/schedules, field for field. Instants are RFC 3339. */
export interface Shift {
  readonly person: PersonId;
  readonly name: string;
  readonly from: string;
  readonly until: string;
  /** Which layer of the schedule says so; left out where an override does. */
  readonly layer?: string | null;
  readonly override_id?: string | null;
}

export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly teams: readonly TeamId[];
  readonly shifts: readonly Shift[];
  /** When nobody is on duty. */
  readonly gaps: readonly { readonly from: string; readonly until: string }[];
}

export interface OverrideRequest {
  readonly schedule: string;
  readonly person: string;
  readonly from: string;
  readonly until: string;
  readonly note?: string;
  /** The one that it takes the place of. */
  readonly instead?: string | null;
}

/** Shifts are told as far as was asked: those that go on beyond the week have ends of their own. */
const AROUND_MS = 14 * 86_400_000;

const KEY = ['duty'];

export function useSchedules({ from, until }: Week): UseQueryResult<readonly Schedule[]> {
  const span = new URLSearchParams({ from: new Date(from - AROUND_MS).toISOString(), until: new Date(until + AROUND_MS).toISOString() });
  return useQuery({
    queryKey: [...KEY, String(span)],
    queryFn: async ({ signal }) => (await read<{ readonly items: readonly Schedule[] }>(`/schedules?${span}`, signal)).items,
    placeholderData: keepPreviousData,
    refetchInterval: REFETCH_MS, // others override, of which nobody tells
  });
}

function useChange<Asked>(ask: (asked: Asked) => Promise<unknown>): UseMutationResult<unknown, Error, Asked> {
  const client = useQueryClient();
  return useMutation({ mutationFn: ask, onSettled: () => client.invalidateQueries({ queryKey: KEY }) });
}

/** One request, so that nobody is off duty by mistake between the old one and the new one. */
export const useOverride = () =>
  useChange(({ schedule, ...override }: OverrideRequest) => send(`/schedules/${encodeURIComponent(schedule)}/overrides`, override));

export const useEndOverride = () => useChange(endOverride);

const endOverride = (id: string): Promise<unknown> => send(`/overrides/${encodeURIComponent(id)}`, {}, { method: 'DELETE' });
