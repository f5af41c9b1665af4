import type { Json, JsonObject } from '@handoff/contracts';

/** A template's words with what was filled in, as intake will read them; what is not filled in yet stays a gap that can be seen. */
export function fillIn(words: string, inputs: JsonObject): string {
  return words.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => wordsOf(inputs[name]) || gap);
}

function wordsOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((it: Json) => wordsOf(it)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
