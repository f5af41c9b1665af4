import { useQuery, useQueryClient } from '@tanstack/react-query';

/** A policy that is being written. */
export interface PolicyDraft {
  readonly text: string;
  /** The version that it was made of. */
  readonly basedOn: number;
}

const KEY = ['policy', 'draft'];

/** Kept while one looks at something else on the desk, and gone with whoever signs out. */
export function usePolicyDraft(): readonly [draft: PolicyDraft | null, setDraft: (draft: PolicyDraft | null) => void] {
  const client = useQueryClient();
  const { data = null } = useQuery<PolicyDraft | null>({ queryKey: KEY, queryFn: () => null, enabled: false, gcTime: Infinity });
  return [data, (draft) => client.setQueryData(KEY, draft)];
}
