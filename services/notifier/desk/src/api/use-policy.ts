import type { Json, JsonObject, Packet, SlaClass } from '@handoff/contracts';
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
  /** Seconds from acceptance to decision. */
  readonly sla: Readonly<Record<SlaClass, number>>;
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly id: string;
  readonly match: JsonObject;
  readonly levels: readonly PolicyLevel[];
  readonly at_end: PolicyEnd;
  /** Those of a level that has passed. */
  readonly earlier_may_answer: boolean;
}

/** What happens when nobody has decided. */
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
  readonly ladder: readonly { readonly channel: string; readonly after_seconds: number; readonly mandatory: boolean }[];
  readonly answers_needed: number;
  readonly repeat: number;
  readonly skip_if: JsonObject | null;
}

export interface PolicyTarget {
  readonly team: string;
  /** Of the team, these alone; null: all. */
  readonly people: readonly string[] | null;
  readonly skills: readonly string[] | null;
  /** How many of those on duty; null: all. */
  readonly ask: number | null;
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
  /** Null where something is wrong. */
  readonly rules: readonly PolicyRule[] | null;
}

/** Null: it was not there, or is not there any more. */
interface PolicyChange {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** Who would be asked when, with nothing sent. */
export interface PolicyPreview {
  readonly policy: { readonly id: string; readonly version: number | null };
  readonly rule: string | null;
  readonly sla: { readonly class: SlaClass; readonly due_at: string } | null;
  readonly levels: readonly PreviewLevel[];
  readonly at_end: { readonly type: string; readonly reason: string };
}

export interface PreviewLevel {
  readonly number: number;
  readonly name: string;
  /** How often it has been asked by then, from 1. */
  readonly cycle: number;
  readonly team: string;
  readonly asked: readonly string[];
  readonly from: string;
  readonly ack_by: string;
  readonly decide_by: string;
  readonly warnings: readonly { readonly share: number; readonly at: string }[];
  readonly why: string;
  /** Levels that were passed over to come here. */
  readonly skipped: readonly string[];
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
      read<{ readonly items: readonly PolicyLine[]; readonly next: number | null }>(
        `/policies${pageParam === null ? '' : `?${new URLSearchParams({ before: String(pageParam) })}`}`,
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
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
    queryFn: async () => {
      const { changes } = await send<{ readonly changes: readonly PolicyChange[] }>('/policies/diff', { text, against });
      return changes.map(({ path, before, after }) => ({
        path,
        ...(before === null ? {} : { before }),
        ...(after === null ? {} : { after }),
      }));
    },
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
