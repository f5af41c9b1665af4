import type { Authority, JsonObject, ReasonCode } from '@handoff/contracts';

/** What is known so far; each of it may be left out. */
export interface AdviceQuestion {
  /** Any part of the packet that would be handed off. */
  readonly packet?: JsonObject;
  readonly features?: JsonObject;
  readonly reason_code?: ReasonCode;
  readonly authority?: Authority;
  readonly domain?: string;
  /** Whom it would be about. */
  readonly level?: string;
}

export interface Advice {
  readonly ask: boolean;
  /** Null where nobody can say. */
  readonly p_fails_alone: number | null;
  readonly p_action_wrong: number | null;
  readonly threshold: number;
  readonly costs: JsonObject;
  readonly model_version: string | null;
  readonly reasons: readonly string[];
  /** A model decided that is vouched for; else a limit or a rule. */
  readonly certified: boolean;
}
