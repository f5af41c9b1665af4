import type { JsonObject } from '@handoff/contracts';
import { numberIn, objectIn, objectsIn, textIn } from './fields.js';
import type { Trait } from './trait.js';

/** How the agent came here: which tools, how often, in which order, and what failed. */
export function pathTraits(packet: JsonObject, features: JsonObject): readonly Trait[] {
  const steps = objectsIn(packet, 'steps_completed');
  const tools = objectIn(features, 'tools');
  const calls = Object.keys(tools).map((tool): Trait => path(`calls of ${tool}`, Math.log1p(numberIn(tools, tool) ?? 0)));
  const failed = new Set(steps.filter((step) => step['status'] === 'failed').map((step) => textIn(step, 'action')));
  return [
    ...calls,
    ...[...failed].map((tool) => path(`${tool} failed`, 1)),
    path(`last tool ${textIn(features, 'last_tool')}`, 1),
    path(`urgency ${textIn(packet, 'urgency')}`, 1),
    ...(features['last_tool_error'] === true ? [path('the last call failed', 1)] : []),
    ...orderOf(steps),
  ];
}

function orderOf(steps: readonly JsonObject[]): readonly Trait[] {
  const pairs = new Set(steps.slice(1).map((step, before) => `${textIn(steps[before] ?? {}, 'action')}, then ${textIn(step, 'action')}`));
  return [...pairs].map((name) => ({ block: 'order', name, value: 1 }));
}

const path = (name: string, value: number): Trait => ({ block: 'path', name, value });
