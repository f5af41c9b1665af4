import { describe, expect, it } from '@jest/globals';
import type { Decider, PersonId } from '@handoff/contracts';
import { countVotes, type Count, type KeptVote } from './count-votes.js';
import type { Ending } from './end-item.js';

const deciderOf = (subject: string): Decider => ({ subject: subject as PersonId, level: 1, channel: 'desk' });
const endingBy = (subject: string, over: Partial<Ending> = {}): Ending => ({
  ...{ type: 'approve', action: null, actionDigest: 'one', message: null, askingWas: null, repeats: null },
  decidedBy: [deciderOf(subject)],
  ...over,
});

/** The votes of several people in turn, two of whom must agree. */
function voted(votes: readonly (readonly [string, Partial<Ending>?, number?])[], needed = 2): Count {
  let kept: readonly KeptVote[] = [];
  let count: Count | null = null;
  for (const [subject, over, version = 1] of votes) {
    count = countVotes(kept, endingBy(subject, over), deciderOf(subject), version, needed);
    kept = count.kind === 'more' ? count.votes : kept;
  }
  if (!count) throw new Error('Nobody voted.');
  return count;
}

describe('an answer where two must agree', () => {
  it('waits for the second, and is decided by both, in their words', () => {
    expect(voted([['ana']])).toMatchObject({ kind: 'more', agreeing: 1, isNew: true });
    expect(
      voted([
        ['ana', { message: 'Fine.' }],
        ['ben', { message: 'Agreed.', askingWas: 'necessary' }],
      ]),
    ).toMatchObject({
      kind: 'enough',
      ending: { message: 'Fine.\nAgreed.', askingWas: 'necessary', decidedBy: [{ subject: 'ana' }, { subject: 'ben' }] },
    });
  });

  it.each<[string, Partial<Ending>]>([
    ['another type', { type: 'take_over' }],
    ['another action', { actionDigest: 'two' }],
  ])('does not count together with %s', (_, other) => {
    expect(voted([['ana'], ['ben', other]])).toMatchObject({ kind: 'more', agreeing: 1 });
  });

  it('counts responses together by their words', () => {
    const [yes, no] = [
      { type: 'respond', message: 'Yes.' },
      { type: 'respond', message: 'No.' },
    ] as const;
    expect(
      voted([
        ['ana', yes],
        ['ben', no],
      ]).kind,
    ).toBe('more');
    expect(
      voted([
        ['ana', yes],
        ['ben', yes],
      ]).kind,
    ).toBe('enough');
  });

  it('counts once for each person, whose newest it is', () => {
    expect(voted([['ana'], ['ana']])).toMatchObject({ kind: 'more', agreeing: 1, isNew: false });
    expect(voted([['ana'], ['ana', { actionDigest: 'two' }], ['ben']])).toMatchObject({ kind: 'more', agreeing: 1 });
  });

  it('is void for a new packet version', () => {
    expect(voted([['ana'], ['ben', {}, 2]])).toMatchObject({ kind: 'more', agreeing: 1, votes: [{ subject: 'ben' }] });
  });

  it('ends it at once where it is a rejection', () => {
    expect(voted([['ana'], ['ben', { type: 'reject' }]])).toMatchObject({ kind: 'enough', ending: { decidedBy: [{ subject: 'ben' }] } });
  });

  it('is alone enough where one is', () => {
    expect(voted([['ana']], 1).kind).toBe('enough');
  });
});
