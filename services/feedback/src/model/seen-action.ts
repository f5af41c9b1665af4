import { isJsonObject, jsonObjectIn, type Json, type JsonObject } from '@handoff/contracts';
import { objectIn, textIn } from './fields.js';

export interface SeenAction {
  readonly name: string;
  readonly args: JsonObject;
}

/** What an agent is about to do, as text or as an object, with its tool under either of its two names. */
export function actionOf(value: Json | undefined): SeenAction {
  const action = typeof value === 'string' ? jsonObjectIn(value) : isJsonObject(value) ? value : {};
  return { name: textIn(action, 'name') || textIn(action, 'tool') || 'none', args: objectIn(action, 'arguments') };
}
