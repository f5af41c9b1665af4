import { b } from '@handoff/store';
import type { Packet } from '@handoff/contracts';
export const it: [Packet, unknown] | undefined = b;
