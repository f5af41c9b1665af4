import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { AuditPage } from './desk-types.js';
import { read } from './request.js';
import { keys } from './use-desk.js';

/** The newest entries first, page by page. */
export function useAudit(filter: URLSearchParams): UseInfiniteQueryResult<InfiniteData<AuditPage>> {
  return useInfiniteQuery({
    queryKey: [...keys.audit, String(filter)],
    queryFn: ({ pageParam, signal }) => read<AuditPage>(auditPath(filter, pageParam === null ? {} : { after: pageParam }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** All that the filter lets through, as a table. */
export const auditFile = (filter: URLSearchParams): string => `/desk/v1${auditPath(filter, { format: 'csv' })}`;

const auditPath = (filter: URLSearchParams, more: Readonly<Record<string, string>>): string =>
  `/audit?${new URLSearchParams([...filter, ...Object.entries(more)])}`;
