import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { read, send } from './request.js';

/** A way to reach the person who is signed in. */
export interface MyChannel {
  readonly channel: string;
  readonly is_reachable: boolean;
  readonly is_linked: boolean;
  readonly can_be_linked: boolean;
  readonly disabled_because: string | null;
}

export interface Preferences {
  readonly quiet_hours: { readonly from: string; readonly until: string; readonly zone: string } | null;
  readonly muted: readonly string[];
}

export interface MyChannels {
  readonly channels: readonly MyChannel[];
  readonly preferences: Preferences;
}

export interface TestResult {
  readonly channel: string;
  readonly result: string;
  readonly reason: string | null;
}

/** What to say in the other system, so that it is known whose account that is. */
export interface LinkCode {
  readonly say: string;
  readonly minutes: number;
}

/** A secret address that a calendar can read the person's duty at. */
export interface MyCalendar {
  readonly is_set_up: boolean;
  readonly made_at: string | null;
}

const KEY = ['mine'];
const CALENDAR = '/me/calendar';

export function useMyChannels(): UseQueryResult<MyChannels> {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => read<MyChannels>('/me/channels', signal) });
}

export function useMyCalendar(): UseQueryResult<MyCalendar> {
  return useQuery({ queryKey: [...KEY, 'calendar'], queryFn: ({ signal }) => read<MyCalendar>(CALENDAR, signal) });
}

/** Something about how one is reached; what is shown is read anew. */
function useMine<Answer, Asked>(ask: (asked: Asked) => Promise<Answer>): UseMutationResult<Answer, Error, Asked> {
  const client = useQueryClient();
  return useMutation({ mutationFn: ask, onSettled: () => client.invalidateQueries({ queryKey: KEY }) });
}

export const usePrefer = () => useMine((preferences: Preferences) => send<Preferences>('/me/preferences', preferences, { method: 'PUT' }));
export const useTest = () => useMine((channel: string) => send<TestResult>(`/me/channels/${channel}/test`));
export const useLink = () => useMine((channel: string) => send<LinkCode>(`/me/channels/${channel}/link`));
export const useUnlink = () => useMine((channel: string) => send<undefined>(`/me/channels/${channel}/link`, {}, { method: 'DELETE' }));
/** Told once, here; the one before leads nowhere from then on. */
export const useMakeCalendar = () => useMine(() => send<{ readonly url: string }>(CALENDAR));
export const useRevokeCalendar = () => useMine(() => send<undefined>(CALENDAR, {}, { method: 'DELETE' }));
