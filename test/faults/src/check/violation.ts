import type { Task } from '../drive/ledger.js';
import type { History } from './history.js';
import type { Standing } from './schemas.js';

/** What an invariant found: `lost` where something is missing, `doubled` where it is there twice, `wrong` for the rest. */
export interface Violation {
  readonly invariant: string;
  readonly kind: 'lost' | 'doubled' | 'wrong';
  readonly what: string;
}

/** One handoff from every side. */
export interface Seen {
  readonly history: History;
  readonly standing: Standing;
  /** Null where nobody remembers having asked. */
  readonly task: Task | null;
  /** Clocks were moved on purpose: instants of the services say nothing about ours. */
  readonly clocksMoved: boolean;
}

export type Invariant = (seen: Seen) => readonly Violation[];

export const lost = (invariant: string, what: string): Violation => ({ invariant, kind: 'lost', what });
export const doubled = (invariant: string, what: string): Violation => ({ invariant, kind: 'doubled', what });
export const wrong = (invariant: string, what: string): Violation => ({ invariant, kind: 'wrong', what });
