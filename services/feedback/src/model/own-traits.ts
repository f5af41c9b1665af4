import { REASON_CODES, type JsonObject } from '@handoff/contracts';
import { numberIn, objectIn, textIn } from './fields.js';
import type { Trait } from './trait.js';

/** In log-odds, so that from 0.98 to 0.99 is as far as from 0.5 to 0.67; beyond this one figure would outweigh all others. */
const MOST_SURE = 4;

/**
 * What the agent says of itself: how sure it is, by whatever measures that, and why it would ask. Sources differ in how far they can be believed, and one
 * that is rarely seen leans on all others. Words without a code are no reason.
 */
export function ownTraits(packet: JsonObject): readonly Trait[] {
  const confidence = objectIn(packet, 'confidence');
  const value = numberIn(confidence, 'value');
  const reason = REASON_CODES.find((it) => it !== 'other' && it === textIn(objectIn(packet, 'reason_for_escalation'), 'code'));
  const sure = 'how sure the agent says it is';
  return [
    ...(value === null ? [] : [sure, `${sure}, by ${textIn(confidence, 'source') || 'itself'}`].map((name) => own(name, logOdds(value)))),
    ...(reason === undefined ? [] : [own(`its reason ${reason}`, 1)]),
  ];
}

const own = (name: string, value: number): Trait => ({ block: 'own', name, value });
const logOdds = (p: number): number => Math.max(-MOST_SURE, Math.min(MOST_SURE, Math.log(p / (1 - p))));
