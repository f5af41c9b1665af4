import type { AgentId } from './ids.js';
import type { ReasonCode } from './packet/words.js';

/** An estimate, and where it lies in 95 of 100 cases. */
export interface Rate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** Both of an agent's error rates in one week, as leads read them. */
export interface AskingInWeek {
  readonly week: string;
  readonly asked: number;
  /** Share of what it asked that was not to be asked; null where nothing says. */
  readonly unnecessary: number | null;
  readonly alone: number;
  readonly audited: number;
  /** Of what it did alone, the share that it should have asked; null without an audit. */
  readonly missed: Rate | null;
}

export interface AgentsAsking {
  readonly agent_id: AgentId;
  readonly weeks: readonly AskingInWeek[];
  /** The most first. */
  readonly reasons: readonly { readonly reason_code: ReasonCode; readonly asked: number }[];
}
