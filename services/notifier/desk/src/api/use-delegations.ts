import type { HandoffId, JsonObject, Packet, TaskId, Urgency } from '@handoff/contracts';
import { useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { read, send } from './request.js';

/** What intake answers under /v1/templates, field for field. */
export interface TemplateLine {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly about: string;
  readonly capability: string | null;
}

export interface Template extends Omit<TemplateLine, 'capability'> {
  readonly capability?: string | null;
  readonly urgency?: Urgency | null;
  /** JSON Schema of what is filled in. */
  readonly inputs: JsonObject;
  readonly goal: string;
  readonly success_criteria: readonly { readonly id: string; readonly text: string; readonly check: string }[];
  readonly constraints: readonly { readonly kind: 'must' | 'must_not'; readonly text: string }[];
}

/** Whom a task can be given to. */
export interface KnownAgent {
  readonly agent_id: string;
  readonly capabilities: readonly string[];
  readonly version: string | null;
  readonly alive: boolean;
}

export interface Delegated {
  readonly handoff_id: HandoffId;
  readonly task_id: TaskId;
}

const TEMPLATES = ['templates'];

export function useTemplates(): UseQueryResult<readonly TemplateLine[]> {
  return useQuery({
    queryKey: [...TEMPLATES, 'all'],
    queryFn: async ({ signal }) => (await read<{ readonly templates: readonly TemplateLine[] }>('/templates', signal)).templates,
  });
}

/** Not asked for without an id. */
export function useTemplate(id: string): UseQueryResult<Template> {
  return useQuery({
    queryKey: [...TEMPLATES, 'one', id],
    queryFn: ({ signal }) => read<Template>(`/templates/${encodeURIComponent(id)}`, signal),
    enabled: id !== '',
    staleTime: Infinity, // what somebody is filling in stays what it is
  });
}

/** A copy under an id of one's own. */
export function useAddTemplate(): UseMutationResult<Template, Error, JsonObject> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (template) => send<Template>('/templates', template),
    onSuccess: () => client.invalidateQueries({ queryKey: TEMPLATES }),
  });
}

export function useAgents(): UseQueryResult<readonly KnownAgent[]> {
  return useQuery({
    queryKey: ['agents'],
    queryFn: async ({ signal }) => (await read<{ readonly agents: readonly KnownAgent[] }>('/agents', signal)).agents,
    staleTime: 60_000,
  });
}

/** The packet as everybody would read it, with nothing sent. */
export const usePreviewed = (): UseMutationResult<Packet, Error, JsonObject> =>
  useMutation({ mutationFn: async (delegation) => (await send<{ readonly packet: Packet }>('/delegations/preview', delegation)).packet });

export const useDelegate = (): UseMutationResult<Delegated, Error, JsonObject> =>
  useMutation({ mutationFn: (delegation) => send<Delegated>('/delegations', delegation) });
