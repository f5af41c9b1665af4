import type { JsonObject, Packet, SlaClass } from '@handoff/contracts';
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Change } from '../json/changes-table.js';
import { read, send } from './request.js';

/** What routing answers under /v1/policies, field for field. */
export interface PolicyLine {
  readonly version: number;
  readonly id: string;
  readonly name: string;
  readonly source: 'file' | 'api';
  readonly loaded_at: string;
  readonly loaded_by: string | null;
}

export interface PolicyVersion extends PolicyLine {
  readonly text: string;
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly id: string;
  readonly match: JsonObject;
  readonly levels: readonly PolicyLevel[];
  readonly at_end?: PolicyEnd | null;
}

/** What happens when nobody has decided; left out: it is held, and paged again. */
export interface PolicyEnd {
  readonly do: string;
  readonly actions?: readonly string[];
}

export interface PolicyLevel {
  readonly name: string;
  readonly target: PolicyTarget;
  /** Seconds; null for those of the handoff's SLA class. */
  readonly decide_within: number | null;
  readonly ack_within: number | null;
  readonly ladder: readonly { readonly channel: string; readonly after: number; readonly mandatory?: boolean }[];
  readonly answers_needed?: number | null;
  readonly repeat: number;
  readonly skip_if?: JsonObject | null;
}

export interface PolicyTarget {
  readonly team: string;
  readonly people?: readonly string[] | null;
  readonly skills?: readonly string[] | null;
  /** How many of those on duty; left out: all. */
  readonly ask?: number | null;
}

export interface PolicyFault {
  readonly path: string;
  /** From 1; null where it is about none. */
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
}

export interface PolicyCheck {
  readonly faults: readonly PolicyFault[];
  readonly rules?: readonly PolicyRule[];
}

/** Who would be asked when, with nothing sent. */
export interface PolicyPreview {
  readonly policy: { readonly id: string; readonly version: number | null };
  readonly rule: string;
  readonly sla: { readonly class: SlaClass; readonly due_at: string };
  readonly levels: readonly PreviewLevel[];
  readonly at_end?: PolicyEnd | null;
}

export interface PreviewLevel {
  readonly number: number;
  readonly name: string;
  readonly team: string;
  readonly asked: readonly string[];
  readonly from: string;
  readonly ack_by: string;
  readonly decide_by: string;
  readonly warnings: readonly { readonly share: number; readonly at: string }[];
  readonly why: string;
  readonly skipped: unknown;
}

export interface PreviewRequest {
  /** The policy to try; the one in force where it is left out. */
  readonly text?: string;
  readonly packet: Packet | JsonObject;
}

const KEY = ['policy'];

export function usePolicies() {
  return useInfiniteQuery({
    queryKey: [...KEY, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      read<{ readonly items: readonly PolicyLine[]; readonly next?: string | null }>(
        `/policies${pageParam === null ? '' : `?${new URLSearchParams({ after: pageParam })}`}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
  });
}

export function usePolicy(version: number | 'current'): UseQueryResult<PolicyVersion> {
  return useQuery({
    queryKey: [...KEY, 'version', version],
    queryFn: ({ signal }) => read<PolicyVersion>(`/policies/${version}`, signal),
    staleTime: version === 'current' ? 0 : Infinity, // a version never changes
  });
}

/** What is wrong with a text, each fault with its line. */
export function usePolicyCheck(text: string): UseQueryResult<PolicyCheck> {
  return useQuery({ queryKey: [...KEY, 'check', text], queryFn: () => send<PolicyCheck>('/policies/check', { text }), gcTime: 60_000 });
}

/** What a text would change of a version; not asked for until it is wanted. */
export function usePolicyDiff(text: string | null, against: number | null): UseQueryResult<readonly Change[]> {
  return useQuery({
    queryKey: [...KEY, 'diff', text, against],
    queryFn: async () => (await send<{ readonly changes: readonly Change[] }>('/policies/diff', { text, against })).changes,
    enabled: text !== null && against !== null,
    gcTime: 60_000,
  });
}

export const usePreview = (): UseMutationResult<PolicyPreview, Error, PreviewRequest> =>
  useMutation({ mutationFn: (request) => send<PolicyPreview>('/policies/test', request) });

interface ApplyRequest {
  readonly text: string;
  /** The version that was looked at when the text was made of it. */
  readonly based_on: number;
}

export function useApplyPolicy(): UseMutationResult<{ readonly version: number }, Error, ApplyRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request) => send<{ readonly version: number }>('/policies', request),
    onSettled: () => Promise.all(['versions', 'version'].map((what) => client.invalidateQueries({ queryKey: [...KEY, what] }))), // a refusal, too, tells that what is shown is old
  });
}
