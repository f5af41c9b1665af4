import { describe, expect, it } from '@jest/globals';
import type { AgentId, TaskId, TaskResult, TenantId } from '@handoff/contracts';
import { aPacket } from '@handoff/testing';
import { seededRandom } from '../model/random.js';
import { aloneCase, MOST_STANDS_FOR, wentWell, type AloneRow, type AloneStratum } from './alone-case.js';

const PACKET = aPacket();
const row = (over: Partial<AloneRow>): AloneRow => ({
  outcome_id: '0',
  tenant: 'default' as TenantId,
  agent_id: 'refunds-agent' as AgentId,
  task_id: 'task-1' as TaskId,
  result: 'succeeded',
  packet: PACKET,
  received_at: new Date(0),
  propensity: 0,
  is_missed: null,
  ...over,
});
const UNCONTRADICTED: AloneStratum = { tasks: 10, contradicted: 0, contradicted_for: 0 };

describe('a task that its agent did alone', () => {
  it('teaches how it is told to have ended, and no model is judged by that', () => {
    expect(aloneCase(row({}), UNCONTRADICTED)).toMatchObject({
      moment: { features: { agent_model: 'refunds-agent' } },
      truths: { fails_alone: false, action_wrong: null },
      weights: { fails_alone: 0.8 },
      isHearsay: true,
    });
    for (const result of ['failed', 'reversed'] as const)
      expect(aloneCase(row({ result }), UNCONTRADICTED)).toMatchObject({ truths: { fails_alone: true }, isHearsay: true });
  });

  it('teaches what its auditor said, whatever is told of its end', () => {
    for (const is_missed of [true, false])
      expect(aloneCase(row({ propensity: 1, is_missed }), UNCONTRADICTED)).toMatchObject({
        truths: { fails_alone: is_missed },
        isHearsay: false,
      });
  });

  it.each([
    ['an agent tells the truth', (fails: boolean): TaskResult => (fails ? 'failed' : 'succeeded')],
    ['an agent says of each that it succeeded', (): TaskResult => 'succeeded'],
    ['an agent says of each that it failed', (): TaskResult => 'failed'],
  ])('is learned from without bias where %s', (_, told) => {
    const [shares, seeds] = [[] as number[], Array.from({ length: 40 }, (__, seed) => seed + 1)];
    for (const seed of seeds) {
      const random = seededRandom(seed);
      const rows = Array.from({ length: 1000 }, () => {
        const fails = random() < 0.3;
        return row({ result: told(fails), propensity: 0.1, is_missed: random() < 0.1 ? fails : null });
      });
      const [well, badly] = [true, false].map((isWell) => stratumOf(rows.filter((it) => wentWell(it) === isWell)));
      const cases = rows.flatMap((it) => aloneCase(it, (wentWell(it) ? well : badly) ?? UNCONTRADICTED));
      const weightOf = (of: typeof cases): number => of.reduce((sum, { weights }) => sum + (weights?.fails_alone ?? 0), 0);
      shares.push(weightOf(cases.filter(({ truths }) => truths.fails_alone)) / weightOf(cases));
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean - 0.3)).toBeLessThan(0.02); // three standard errors where an audit stands for ten
  });

  it('is no more than so many others, however seldom audits are', () => {
    const seldom = aloneCase(row({ propensity: 0.001, is_missed: true }), {
      tasks: 1000,
      contradicted: 1,
      contradicted_for: MOST_STANDS_FOR,
    });
    expect(seldom.weights?.fails_alone).toBe(0.8 * MOST_STANDS_FOR);
  });
});

/** As the store counts them. */
function stratumOf(alike: readonly AloneRow[]): AloneStratum {
  const contradicted = alike.filter((it) => it.is_missed === wentWell(it));
  const contradicted_for = contradicted.reduce((sum, { propensity }) => sum + 1 / propensity, 0);
  return { tasks: alike.length, contradicted: contradicted.length, contradicted_for };
}
