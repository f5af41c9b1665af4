import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SlaReport } from '../sla/sla-rows.js';
import { read } from './request.js';

export const slaPath = (query: URLSearchParams): string => `/reports/sla?${query}`;

/** The same as a table. */
export const slaFile = (query: URLSearchParams): string => `/desk/v1${slaPath(query)}&format=csv`;

export function useSlaReport(query: URLSearchParams): UseQueryResult<SlaReport> {
  return useQuery({
    queryKey: ['sla', String(query)],
    queryFn: ({ signal }) => read<SlaReport>(slaPath(query), signal),
    placeholderData: keepPreviousData, // until the next one is there
  });
}
