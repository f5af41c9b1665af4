import type { FieldProblem } from '../api/desk-types.js';
import type { Draft, Shown } from './draft.js';

/** What each part of the form is given. */
export interface FieldProps {
  readonly draft: Draft;
  readonly shown: Shown;
  /** As the server gave them, by their paths. */
  readonly faults: readonly FieldProblem[];
  readonly onChange: (changes: Partial<Draft>) => void;
}
