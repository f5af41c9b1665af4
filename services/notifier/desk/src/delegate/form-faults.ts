import type { FieldProblem } from '../api/desk-types.js';

const INPUTS = 'template.inputs';

/** What is wrong with a field, and with nothing within it; empty where nothing is. */
export const faultOf = (faults: readonly FieldProblem[], path: string): string =>
  faults
    .filter((it) => it.path === path)
    .map(({ message }) => message)
    .join(' ');

/** Of what fills a template in, by the paths of its form: `documents.0`. */
export const inputFaults = (faults: readonly FieldProblem[]): ReadonlyMap<string, string> =>
  new Map(
    faults
      .filter(({ path }) => path === INPUTS || path.startsWith(`${INPUTS}.`))
      .map(({ path, message }) => [path.slice(INPUTS.length + 1).replaceAll(/\[(\d+)\]/g, '.$1'), message]),
  );
