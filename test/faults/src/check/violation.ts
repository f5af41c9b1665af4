import type { Service } from '@handoff/contracts';
import type { Heard } from '../drive/ears.js';
import type { Report, Task } from '../drive/ledger.js';
import type { History } from './history.js';
import type { Standing } from './schemas.js';

/** What an invariant found: `lost` where something is missing, `doubled` where it is there twice, `wrong` for the rest. */
export interface Violation {
  readonly invariant: string;
  readonly kind: 'lost' | 'doubled' | 'wrong';
  readonly what: string;
}

/** What a fault changes about what must hold; see `Fault`. */
export interface FaultsPromise {
  readonly name: string;
  readonly toldWithinMs?: number;
  readonly movesClocks?: boolean;
}

/** One handoff from every side. */
export interface Seen {
  readonly history: History;
  readonly standing: Standing;
  /** Null where nobody remembers having asked. */
  readonly task: Task | null;
  /** That were told of it, or of its task without naming a handoff. */
  readonly reports: readonly Report[];
  /** What each agent that listens has heard of it. */
  readonly heard: ReadonlyMap<string, readonly Heard[]>;
  /** What was being done to the system when it was asked for. */
  readonly fault: FaultsPromise | null;
  /** Services whose schemas were set back meanwhile: they number anew what they have forgotten to have said. */
  readonly setBack: ReadonlySet<Service>;
}

export type Invariant = (seen: Seen) => readonly Violation[];

export const lost = (invariant: string, what: string): Violation => ({ invariant, kind: 'lost', what });
export const doubled = (invariant: string, what: string): Violation => ({ invariant, kind: 'doubled', what });
export const wrong = (invariant: string, what: string): Violation => ({ invariant, kind: 'wrong', what });
