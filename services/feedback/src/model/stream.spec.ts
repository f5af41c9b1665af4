import { describe, expect, it } from '@jest/globals';
import type { LearningCase } from './cases.js';
import { stream, type Running } from './stream.js';
import { TaskMemory } from './task-memory.js';

const PRICES = { failure: 1, look: 0.2, audit: 0.05, seed: 1 };

/** Task by task in turn; the even ones always fail alone, the odd ones never do. */
const tasks = (count: number): readonly LearningCase[] =>
  Array.from({ length: count }, (_, at) => {
    const task = at % 6;
    const packet = { original_request: `task ${task}`, recommended_action: { name: 'refund', args: { task } } };
    const moment = { packet, features: { domain: 'shop', agent_model: 'm' } };
    return { id: String(at), group: String(task), moment, truths: { fails_alone: task % 2 === 0, action_wrong: null } };
  });

const end = (cases: Iterable<LearningCase>, asked = PRICES): Running | undefined => [...stream(cases, asked)].at(-1);

describe('a stream of cases', () => {
  it('comes to ask about tasks that fail, and no longer about those that do not', () => {
    const cost = end(tasks(600))?.cost ?? 1;
    expect(cost).toBeLessThan(0.13); // asking always costs 0.2, never 0.5, and knowing it all 0.1
  });

  it('advises each case before it hears of it: what comes later changes nothing', () => {
    const [short, long] = [tasks(60), [...tasks(60), ...tasks(300)]].map((cases) => [...stream(cases, PRICES)].slice(0, 60));
    expect(short).toEqual(long);
  });

  it('hears nothing of those that it neither asked about nor audited', () => {
    const cases = tasks(300);
    const running = [...stream(cases, { ...PRICES, audit: 0 })];
    const isAlone = running.map(({ asked }, at) => asked === (running[at - 1]?.asked ?? 0));
    const turned = cases.map((it, at) =>
      isAlone[at] ? { ...it, truths: { ...it.truths, fails_alone: it.truths.fails_alone === false } } : it,
    );
    expect([...stream(turned, { ...PRICES, audit: 0 })].map(({ asked }) => asked)).toEqual(running.map(({ asked }) => asked));
  });

  it('counts an audit as a look', () => {
    const { cases, asked, audited, failed, cost } = end(tasks(600), { ...PRICES, audit: 1 }) ?? fail();
    expect(asked + audited).toBe(cases);
    expect(cost).toBeCloseTo(0.2 + failed / cases, 9);
  });

  it('leaves out cases whose agent handed over by itself', () => {
    const over = tasks(10).map((it) => ({ ...it, truths: { fails_alone: null, action_wrong: null } }));
    expect([...stream(over, PRICES)]).toEqual([]);
  });
});

describe('what is remembered of a task', () => {
  const [one, other] = tasks(2).map(({ moment }) => moment);

  it('changes nothing for another task', () => {
    const memory = new TaskMemory();
    if (one) memory.remember(one, true);
    expect(other && memory.say(other, 0.3)).toBe(0.3);
    expect(one && memory.say(one, 0.3)).toBeGreaterThan(0.6);
  });
});

function fail(): never {
  throw new Error('nothing came');
}
