import type { JsonObject } from '@handoff/contracts';
import { textIn } from './fields.js';
import type { Trait } from './trait.js';

/** Who acts, from the narrowest to the widest: an agent that is rarely seen leans on its model, variant and domain. */
export function whoTraits(features: JsonObject): readonly Trait[] {
  const [domain, model, variant, benchmark] = ['domain', 'agent_model', 'agent_variant', 'benchmark'].map((it) => textIn(features, it));
  const who = [`agent ${model} ${variant} in ${domain}`, `agent ${model} ${variant}`, `model ${model}`, `variant ${variant}`];
  return [
    ...who.map((name): Trait => ({ block: 'who', name, value: 1 })),
    ...[`domain ${domain}`, `domain ${domain}, ${benchmark}`].map((name): Trait => ({ block: 'where', name, value: 1 })),
  ];
}
