import type { JsonObject } from '@handoff/contracts';
import { objectIn, textIn } from './fields.js';

export interface SeenAction {
  readonly name: string;
  readonly args: JsonObject;
}

/** What an agent is about to do. */
export function actionOf(packet: JsonObject): SeenAction {
  const action = objectIn(packet, 'recommended_action');
  return { name: textIn(action, 'name') || 'none', args: objectIn(action, 'args') };
}
