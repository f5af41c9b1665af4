import { describe, expect, it } from '@jest/globals';
import { Gatherer } from './gatherer.js';

describe('the gatherer', () => {
  it('works on what was handed over together in one turn, and on what came meanwhile in the next', async () => {
    const turns: number[][] = [];
    let goOn: () => void = () => undefined;
    const busy = new Promise<void>((resolve) => (goOn = resolve));
    const gatherer = new Gatherer<number>(async (turn) => {
      turns.push([...turn]);
      if (turns.length === 1) await busy;
      return turn.map(() => () => undefined);
    });
    const first = [gatherer.add(1), gatherer.add(2)];
    await new Promise(setImmediate);
    const second = [gatherer.add(3), gatherer.add(4)];
    goOn();
    await Promise.all([...first, ...second]);
    expect(turns).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('tells everybody whose turn failed, and goes on with the next', async () => {
    const gatherer = new Gatherer<number>(async ([item]) => (item === 1 ? Promise.reject(new Error('no')) : [() => undefined]));
    await expect(gatherer.add(1)).rejects.toThrow('no');
    await expect(gatherer.add(2)).resolves.toBeUndefined();
  });

  it('gives each its own result, and what is wrong with one to that one alone', async () => {
    const halve = (item: number): number => {
      if (item % 2 === 1) throw new Error(`${item} is odd`);
      return item / 2;
    };
    const gatherer = new Gatherer<number, number>(async (turn) => turn.map((item) => () => halve(item)));
    const settled = await Promise.allSettled([gatherer.add(4), gatherer.add(5), gatherer.add(6)]);
    expect(settled).toMatchObject([{ value: 2 }, { reason: new Error('5 is odd') }, { value: 3 }]);
  });
});
