import type { Budget, Json, JsonObject, Urgency } from '@handoff/contracts';

/** A task as an agent passes it on; what is left out is said to be none. Strings stand for agents, results, decisions and constraints. */
export interface AgentTransfer {
  readonly task_id: string;
  /** This agent, as its key names it; over Kafka it is filled in. */
  readonly from?: string;
  /** An agent, or `{capability}`. */
  readonly to: Json;
  readonly goal: string;
  readonly results?: readonly Json[];
  readonly artifacts?: readonly JsonObject[];
  readonly accumulated_state: { readonly schema_id: string; readonly value: Json; readonly sha256?: string };
  readonly remaining?: readonly string[];
  readonly decisions?: readonly Json[];
  /** Where each result comes from: `{result_id, source}`. */
  readonly provenance?: readonly JsonObject[];
  readonly constraints?: readonly Json[];
  readonly decision_rights?: JsonObject;
  readonly ack_by?: string;
  readonly urgency?: Urgency;
  readonly resume?: Json;
  readonly idempotency_key?: string;
}

/** A new task, as an agent gives it to another one; a template fills in what it leaves out. */
export interface AgentDelegation {
  readonly task_id: string;
  readonly goal?: string;
  readonly success_criteria?: readonly Json[];
  readonly constraints?: readonly Json[];
  readonly context?: Json;
  readonly template?: { readonly id: string; readonly version?: number; readonly inputs: JsonObject };
  readonly agent_target?: Json;
  readonly reviewer?: Json;
  readonly due_by?: string;
  readonly budget?: Budget;
  readonly decision_rights?: JsonObject;
  readonly output_schema?: JsonObject;
  readonly urgency?: Urgency;
  readonly idempotency_key?: string;
}

export const NOTHING_PASSED_ON = { results: [], remaining: [], decisions: [], provenance: [], constraints: [] } as const;
