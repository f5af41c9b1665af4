import type { Json, JsonObject } from '@handoff/contracts';
import { isObject } from '../json/describe-json.js';

export type Pasted = { readonly kind: 'packet'; readonly packet: JsonObject } | { readonly kind: 'fault'; readonly words: string };

/** What was pasted as a packet; what is wrong inside one, the server says. */
export function readPasted(text: string): Pasted {
  if (text.trim() === '') return { kind: 'fault', words: 'Paste a packet, or choose one that waits.' };
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? { kind: 'packet', packet: value } : { kind: 'fault', words: 'A packet is an object: { … }.' };
  } catch {
    return { kind: 'fault', words: 'This is not JSON; look at its quotes, commas and brackets.' };
  }
}
