import { isJsonObject, type Json } from '@handoff/contracts';
import type { Moment } from './cases.js';
import { textIn } from './fields.js';
import { actionOf } from './seen-action.js';

interface Place {
  readonly key: string;
  /** As many cases as what is known one place further out is worth here. */
  readonly prior: number;
}

/**
 * What came of tasks like this one: the same customer or request, of these the same agent, the same tool, the same call. Each place is a
 * rate, drawn towards that of the place before, so that a task that was never seen has the probability it came with.
 */
export class TaskMemory {
  private readonly seen = new Map<string, { cases: number; trues: number }>();

  /** @param p what is said of it by a model that remembers no task */
  say(moment: Moment, p: number): number {
    return placesOf(moment).reduce((outer, { key, prior }) => {
      const { cases, trues } = this.seen.get(key) ?? { cases: 0, trues: 0 };
      return (trues + prior * outer) / (cases + prior);
    }, p);
  }

  /** How many cases of the same task it remembers. */
  familiarity(moment: Moment): number {
    return this.seen.get(placesOf(moment)[0]?.key ?? '')?.cases ?? 0;
  }

  remember(moment: Moment, isTrue: boolean): void {
    for (const { key } of placesOf(moment)) {
      const { cases, trues } = this.seen.get(key) ?? { cases: 0, trues: 0 };
      this.seen.set(key, { cases: cases + 1, trues: trues + Number(isTrue) });
    }
  }
}

const LONGEST_REQUEST = 60;

function placesOf({ packet, features }: Moment): readonly Place[] {
  const task = customerIn(packet['data_links']) ?? textIn(packet, 'original_request').slice(0, LONGEST_REQUEST).toLowerCase();
  const { name, args } = actionOf(packet);
  const agent = ['agent_model', 'agent_variant', 'domain'].map((it) => textIn(features, it)).join(' ');
  return [
    { key: JSON.stringify(['task', task]), prior: 4 },
    { key: JSON.stringify(['agent', task, agent]), prior: 2 },
    { key: JSON.stringify(['tool', task, name]), prior: 2 },
    { key: JSON.stringify(['call', task, name, name === 'respond' ? {} : args]), prior: 1 },
  ];
}

/** Agents link what they touched; whose task it is names it best. */
const customerIn = (links: Json | undefined): string | undefined =>
  Array.isArray(links) ? (links as readonly Json[]).map(uriOf).find((it) => /:(user|customer):/.test(it)) : undefined; // Array.isArray forgets readonly

const uriOf = (link: Json): string => (isJsonObject(link) ? textIn(link, 'url') : '');
