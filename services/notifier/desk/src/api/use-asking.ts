import type { AgentId, AgentsAsking, HandoffId, Rate } from '@handoff/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { read } from './request.js';

export interface Asking {
  readonly weeks: readonly string[];
  readonly agents: readonly AgentsAsking[];
}

/** A figure's handoffs by what was said of them. */
export interface Digest {
  readonly agent_id: AgentId;
  readonly week: string;
  readonly precision: {
    readonly rate: number | null;
    readonly necessary: readonly HandoffId[];
    readonly unnecessary: readonly HandoffId[];
  };
  readonly missed_escalations: { readonly estimate: Rate | null; readonly missed: readonly HandoffId[] };
  readonly acceptance: { readonly rate: number | null };
  readonly edit_distance: { readonly mean: number | null };
}

/** What was said with a probability of this size, and how much of it came. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly said: number;
  readonly came: number;
}

interface Figures {
  readonly later: { readonly n: number; readonly log_loss: number; readonly ece: number } | null;
  readonly calibration_table: readonly Bin[];
}

export interface Model {
  readonly version: string;
  readonly state: 'shadow' | 'champion' | 'retired';
  readonly cases: number;
  readonly trained_at: string;
  readonly figures: { readonly fails_alone: Figures | null; readonly action_wrong: Figures | null };
}

export interface ModelEvent {
  readonly version: string;
  readonly event: string;
  readonly by: string;
  readonly why: string;
  readonly at: string;
}

export interface Models {
  readonly champion: string | null;
  /** From which probability on advice is to ask, where a domain or a level has no price of its own. */
  readonly threshold: number;
  readonly items: readonly Model[];
  readonly events: readonly ModelEvent[];
}

export const useAsking = (): UseQueryResult<Asking> =>
  useQuery({ queryKey: ['asking'], queryFn: ({ signal }) => read<Asking>('/asking', signal) });

export const useDigest = (agent: AgentId, week: string): UseQueryResult<Digest> =>
  useQuery({
    queryKey: ['digest', agent, week],
    queryFn: ({ signal }) => read<Digest>(`/agents/${encodeURIComponent(agent)}/digest?week=${week}`, signal),
  });

export const useModels = (): UseQueryResult<Models> =>
  useQuery({ queryKey: ['models'], queryFn: ({ signal }) => read<Models>('/models', signal) });
