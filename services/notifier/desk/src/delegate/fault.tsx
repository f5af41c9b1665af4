import type { ReactNode } from 'react';
import type { FieldProblem } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';
import { faultOf } from './form-faults.js';

interface FaultProps {
  readonly faults: readonly FieldProblem[];
  readonly path: string;
}

/** What a field shows below it; nothing, where nothing is wrong with it, so that it is not drawn as wrong. */
export function Fault({ faults, path }: FaultProps): ReactNode {
  const words = faultOf(faults, path);
  return words === '' ? undefined : <PacketLine text={words} />; // it may quote what was written
}
