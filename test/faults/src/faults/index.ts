import type { Fault } from './fault.js';
import { kill } from './kill.js';

/** In the order in which they are injected. */
export const FAULTS: readonly Fault[] = [kill];
