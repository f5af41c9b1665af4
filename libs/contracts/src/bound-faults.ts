import { fault, type Fault } from './errors.js';
import { maskText } from './secrets/mask-text.js';
import { KIB } from './units.js';

/** A refusal has to fit a record beside its headers; a packet of 256 KiB can have more faults than that. */
const MAX_BYTES = 256 * KIB;

/** All of them, or as many as fit and how many more there are. They quote what was sent, so they are masked like it. */
export function boundFaults(found: readonly Fault[], maxBytes = MAX_BYTES): readonly Fault[] {
  const faults = found.map(({ path, code, message }) => fault(maskText(path), code, maskText(message)));
  let bytes = 0;
  const over = faults.findIndex((it) => (bytes += Buffer.byteLength(JSON.stringify(it))) > maxBytes);
  if (over === -1) return faults;
  return [...faults.slice(0, over), fault('', 'too_many', `${faults.length - over} more faults are not listed; correct these first.`)];
}
