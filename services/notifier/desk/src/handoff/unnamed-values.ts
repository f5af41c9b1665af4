import type { Json, JsonObject, Packet } from '@handoff/contracts';
import { childrenOf } from '../json/describe-json.js';

/** Everything that the agent said in words: what a hurried person reads in place of the arguments. */
export function proseOf({ original_request, current_state, reason_for_escalation, recommended_action, steps_completed }: Packet): string {
  const { text, rationale } = { text: reason_for_escalation.text, rationale: recommended_action.rationale };
  return [original_request, current_state.text, text, rationale, ...steps_completed.flatMap((it) => [it.action, it.summary])].join('\n');
}

/**
 * Names of the arguments that hold an amount, an id or an address which the prose does not mention: what would be carried out is then not
 * what was read.
 */
export function unnamedValues(args: JsonObject, prose: string): ReadonlySet<string> {
  const numbers = new Set(numbersIn(prose));
  const words = prose.toLowerCase();
  const isNamed = (value: Json): boolean => {
    if (typeof value === 'number') return Math.abs(value) <= 1 || numbers.has(value);
    if (typeof value === 'string')
      return !isTelling(value) || words.includes(value.trim().toLowerCase()) || numbersIn(value).some(isAll(value, numbers));
    return childrenOf(value).every(([, child]) => isNamed(child));
  };
  return new Set(Object.entries(args).flatMap(([name, value]) => (isNamed(value) ? [] : [name])));
}

/** An id, an account, an address or an amount as text: one word with a digit, an @ or a host in it. */
const isTelling = (text: string): boolean => /^\S{2,}$/.test(text.trim()) && /\d|@|\w\.\w/.test(text);

const isAll =
  (text: string, numbers: ReadonlySet<number>) =>
  (number: number): boolean =>
    Number(text) === number && numbers.has(number);

const NUMBER = /\d[\d.,' \u00a0\u202f]*\d|\d/g;

/** `1,290.50`, `1.290,50` and `1290.5` are the same amount; where one writing has two readings, both count. */
export function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(NUMBER)].flatMap(([written]) => {
    const parts = written.split(/[ \u00a0\u202f]/);
    return [...readings(written.replaceAll(/[ '\u00a0\u202f]/g, '')), ...(parts.length > 1 ? parts.flatMap(readings) : [])];
  });
}

function readings(digits: string): readonly number[] {
  const asPoint = Number(digits.replaceAll(',', ''));
  const asComma = Number(digits.replaceAll('.', '').replace(',', '.'));
  return [asPoint, asComma].filter((it) => !Number.isNaN(it));
}
