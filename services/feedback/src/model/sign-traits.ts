import type { JsonObject } from '@handoff/contracts';
import { numberIn } from './fields.js';
import type { Trait } from './trait.js';

const SIGNS: Readonly<Record<string, string>> = {
  n_write_calls: 'something was written before',
  n_tool_errors: 'a tool failed',
  n_trailing_errors: 'the last calls failed',
  n_repeated_calls: 'a call was repeated',
  n_user_asks_human: 'the customer asked for a person',
  n_agent_refusals: 'the agent refused or apologised',
  n_user_confirms: 'the customer confirmed',
  n_user_upset: 'the customer is upset',
};

/** Whether there is one at all: how many there are told of the task more than of the agent, and did not carry over to other tasks. */
export const signTraits = (features: JsonObject): readonly Trait[] =>
  Object.entries(SIGNS)
    .filter(([count]) => (numberIn(features, count) ?? 0) > 0)
    .map(([, name]) => ({ block: 'signs', name, value: 1 }));
