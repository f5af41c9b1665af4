import type { AssignmentEvent, HandoffAssignment, OfferId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import EventEmitter, { once } from 'node:events';
import { ToldOnTopic } from './told-on-topic.js';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 28, 10, 0, second)).toISOString();
const word = (event: AssignmentEvent, offer: string | null, second = 0): HandoffAssignment =>
  ({ event, offer_id: offer, asked_at: at(second), text: '' }) as HandoffAssignment; // what is read of it

/** An agent that starts when all this was told; what it hears until it has heard `count` words. */
async function heardBy(told: ToldOnTopic, count: number, whileHandled: (word: HandoffAssignment) => void = () => undefined) {
  const changes = new EventEmitter();
  const stop = new AbortController();
  const heard: string[] = [];
  for await (const it of told.words((signal) => once(changes, 'more', { signal }), stop.signal)) {
    heard.push(`${it.offer_id} ${it.event}`);
    whileHandled(it);
    if (heard.length === count) stop.abort();
  }
  return heard;
}

function told(...words: readonly HandoffAssignment[]): ToldOnTopic {
  const all = new ToldOnTopic();
  for (const it of words) all.hear(it);
  return all;
}

describe('what the topic tells an agent of its tasks', () => {
  it('is lost nowhere while the agent handles what it had before', async () => {
    const all = told(word('confirmed', 'a'));
    const heard = await heardBy(all, 2, ({ event }) => {
      if (event === 'confirmed') all.hear(word('offered', 'b'));
    });
    expect(heard).toEqual(['a confirmed', 'b offered']);
  });

  it('is, when it starts, each task that is its own, whatever it was warned of or answered since', async () => {
    const all = told(word('offered', 'a'), word('confirmed', 'a'), word('warning', 'a'), word('answer', 'a'), word('offered', 'b'));
    expect(await heardBy(all, 3)).toEqual(['a confirmed', 'a answer', 'b offered']);
  });

  it('is not what has ended, nor an answer to what was sent back since', async () => {
    const ended = [word('confirmed', 'a'), word('answer', 'a'), word('lapsed', 'a')];
    const sentBack = [word('confirmed', 'b'), word('answer', 'b'), word('changes_requested', 'b')];
    expect(await heardBy(told(...ended, ...sentBack, word('offered', 'c')), 2)).toEqual(['b changes_requested', 'c offered']);
  });

  it('is not what is delivered, until it comes back', async () => {
    const all = told(word('confirmed', 'a', 1), word('confirmed', 'b', 1), word('changes_requested', 'b', 3), word('offered', 'c', 1));
    for (const offer of ['a', 'b']) all.hearDelivered({ offer_id: offer as OfferId, delivered_at: at(2) });
    expect(await heardBy(all, 2)).toEqual(['b changes_requested', 'c offered']);
  });

  it('is nothing that is about no offer', async () => {
    expect(await heardBy(told(word('question', null), word('offered', 'a')), 1)).toEqual(['a offered']);
  });
});
