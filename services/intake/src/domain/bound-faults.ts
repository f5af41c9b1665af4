import { fault, KIB, type Fault } from '@handoff/contracts';

/** A refusal has to fit a record beside its headers; a packet of 256 KiB can have more faults than that. */
const MAX_BYTES = 256 * KIB;

/** All of them, or as many as fit and how many more there are. */
export function boundFaults(faults: readonly Fault[], maxBytes = MAX_BYTES): readonly Fault[] {
  let bytes = 0;
  const over = faults.findIndex((it) => (bytes += Buffer.byteLength(JSON.stringify(it))) > maxBytes);
  if (over === -1) return faults;
  return [...faults.slice(0, over), fault('', 'too_many', `${faults.length - over} more faults are not listed; correct these first.`)];
}
