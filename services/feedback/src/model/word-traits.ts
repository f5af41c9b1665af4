import type { JsonObject } from '@handoff/contracts';
import { objectIn, textIn } from './fields.js';
import { bucketOf } from './hash.js';
import type { SeenAction } from './seen-action.js';
import type { Block, Trait } from './trait.js';

const { log } = Math; // once: see random.ts

/** Buckets of a block of text: enough that words of one text rarely meet, few enough to be kept in a file. */
const BUCKETS = 4096;
const LONGEST = 4000;

/** Words and pairs of words of what is proposed and was said last, each weighed by how often. A model then holds nobody's words. */
export const wordTraits = (action: SeenAction, packet: JsonObject): readonly Trait[] => [
  ...hashed('words_action', JSON.stringify([action.name, action.args])),
  ...hashed('words_agent', lastOfAgent(textIn(objectIn(packet, 'current_state'), 'text'))),
];

const HEADING = 'last agent message: ';

/** The part of the state that has this heading; a state in another form is the agent's own words. */
function lastOfAgent(state: string): string {
  const start = state.indexOf(HEADING);
  const rest = start < 0 ? state : state.slice(start + HEADING.length);
  return rest.slice(0, /\nlast (?:user message|tool call): /.exec(rest)?.index);
}

function hashed(block: Block, text: string): readonly Trait[] {
  const words =
    text
      .slice(0, LONGEST)
      .toLowerCase()
      .match(/[\p{L}_']{2,}/gu) ?? [];
  const pairs = words.slice(1).map((word, before) => `${words[before] ?? ''} ${word}`);
  const buckets = new Map<number, { count: number; readonly gram: string }>();
  for (const gram of [...words, ...pairs]) {
    const bucket = bucketOf(gram, BUCKETS);
    const found = buckets.get(bucket);
    if (found) found.count++;
    else buckets.set(bucket, { count: 1, gram });
  }
  return [...buckets].map(([bucket, { count, gram }]) => ({ block, name: `${block} #${bucket}`, value: 1 + log(count), shown: gram }));
}
