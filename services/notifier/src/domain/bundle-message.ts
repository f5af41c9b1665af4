import type { SlaClass } from '@handoff/contracts';
import { linkTo, visible } from './handoff-copy.js';
import type { BundleMessage, Waiting } from './message.js';

const MOST_NAMED = 10;

/**
 * @param waiting those that have not ended, the most urgent first
 * @param count all of them
 */
export function bundleMessage(
  bundleId: string,
  slaClass: SlaClass,
  waiting: readonly Waiting[],
  count: number,
  deskUrl: string,
): BundleMessage {
  const first = waiting.slice(0, MOST_NAMED).map((it) => ({ ...it, title: visible(it.title), link: linkTo(deskUrl, it.handoffId) }));
  return { kind: 'bundle', bundleId, slaClass, waiting: waiting.length, count, first, link: `${deskUrl}/` };
}
