import type { Finding } from './finding.js';
import type { Seen } from './seen.js';

/** One question about what was seen. Its judgement is pure: the same seen, the same findings. */
export interface Check {
  /** One or two words of a closed list. */
  readonly name: string;
  readonly judge: (seen: Seen) => readonly Finding[];
}
