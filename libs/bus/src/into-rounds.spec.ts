import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { intoRounds } from './into-rounds.js';

interface Item {
  readonly key: string | null;
  readonly at: number;
}
const items = fc.array(fc.option(fc.constantFrom('a', 'b', 'c'))).map((keys): Item[] => keys.map((key, at) => ({ key, at })));
const roundsOf = (given: readonly Item[]) => intoRounds(given, ({ key }) => key);

describe('rounds', () => {
  it('hold every item once', () => {
    fc.assert(
      fc.property(items, (given) =>
        expect(
          roundsOf(given)
            .flat()
            .toSorted((a, b) => a.at - b.at),
        ).toEqual(given),
      ),
    );
  });

  it('hold no two items of one key', () => {
    fc.assert(
      fc.property(items, (given) => {
        for (const round of roundsOf(given)) {
          const keys = round.flatMap(({ key }) => (key === null ? [] : [key]));
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
    );
  });

  it('keep the order of each key', () => {
    fc.assert(
      fc.property(items, (given) => {
        for (const wanted of ['a', 'b', 'c']) {
          const places = roundsOf(given)
            .flat()
            .filter(({ key }) => key === wanted)
            .map(({ at }) => at);
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
