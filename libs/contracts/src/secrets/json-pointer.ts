import { isJsonObject, type Json } from '../json.js';

/** RFC 6901. */
export const pointerOf = (steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What the pointer names; undefined where there is nothing. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  return stepsOf(pointer).reduce<Json | undefined>((inside, step) => {
    if (Array.isArray(inside)) return (inside as readonly Json[])[Number(step)];
    return isJsonObject(inside) && Object.hasOwn(inside, step) ? inside[step] : undefined;
  }, value);
}

/** The value with another one where the pointer leads to; as it was where it leads nowhere. */
export function replaceAt(value: Json, pointer: string, by: Json): Json {
  return replaceInside(value, stepsOf(pointer), by);
}

function replaceInside(value: Json, [step, ...rest]: readonly string[], by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const at = Number(step);
    return at in list ? list.with(at, replaceInside(list[at] as Json, rest, by)) : value;
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: replaceInside(value[step] as Json, rest, by) };
}
