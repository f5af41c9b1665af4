import { describe, expect, it } from '@jest/globals';
import { AUDIT_AGENT, type Action, type AgentId, type DecisionType, type HandoffId } from '@handoff/contracts';
import { seededRandom } from '../model/random.js';
import { digest, type AskedTask, type UnaskedTask } from './digest.js';
import { label } from './label.js';

const TASKS = 1000;
const ESCALATED = 0.2;
const AUDITED = 0.05;
const RIGHT = 0.9;
const SEEDS = Array.from({ length: 100 }, (_, seed) => seed + 1);

const action: Action = { kind: 'tool_call', name: 'refund', args: { amount: 10 } };
const decided = (type: DecisionType, agent: string) => ({
  type,
  action: type === 'approve' ? action : null,
  action_digest: null,
  asking_was: null,
  repeats: null,
  agent_id: agent as AgentId,
});

/** A thousand tasks of which it is known whether a person was needed, and people who see that nine times in ten. */
function simulate(seed: number, shareNeeded: number) {
  const random = seededRandom(seed);
  const tasks = Array.from({ length: TASKS }, (_, at) => ({
    id: `${seed}-${at}` as HandoffId,
    isNeeded: random() < shareNeeded,
    isEscalated: random() < ESCALATED,
    isBound: random() < 0.3,
  }));
  const answer = (isNeeded: boolean): DecisionType => (random() < RIGHT === isNeeded ? 'reject' : 'approve');
  const asked = tasks
    .filter(({ isEscalated }) => isEscalated)
    .map(({ id, isNeeded, isBound }): AskedTask => {
      const reason_code = isBound ? 'authority_limit' : 'low_confidence';
      const said = label({ reason_code, action }, decided(answer(isNeeded), 'refunds-agent'), null);
      if (!said) throw new Error('What was recommended is there.');
      return { handoff_id: id, reason_code, task_type: 'refund', escalation: said.escalation, recommendation: said.recommendation };
    });
  const alone = tasks.filter(({ isEscalated }) => !isEscalated);
  const unasked = alone.map(({ id, isNeeded }): UnaskedTask => {
    if (random() >= AUDITED) return { handoff_id: null, propensity: AUDITED, is_missed: null };
    const said = label({ reason_code: 'policy_required', action }, decided(answer(isNeeded), AUDIT_AGENT), null);
    return { handoff_id: id, propensity: AUDITED, is_missed: said?.escalation.verdict === 'necessary' };
  });
  return { ...digest(asked, unasked, RIGHT), asked, truth: alone.filter(({ isNeeded }) => isNeeded).length / alone.length };
}

describe('a digest of tasks whose truth is known', () => {
  it.each([0.02, 0.1, 0.3])('covers the rate of missed escalations in at least 93 of 100 runs: %s missed', (shareNeeded) => {
    const covered = SEEDS.filter((seed) => {
      const { missed_escalations, truth } = simulate(seed, shareNeeded);
      const { low, high } = missed_escalations.estimate ?? { low: NaN, high: NaN };
      return low <= truth && truth <= high;
    });
    expect(covered.length).toBeGreaterThanOrEqual(93);
  });

  it('never counts what was approved of an agent that had reached its limit against it', () => {
    for (const seed of SEEDS) {
      const { precision, asked } = simulate(seed, 0.1);
      const bound = new Set(asked.filter(({ reason_code }) => reason_code === 'authority_limit').map(({ handoff_id }) => handoff_id));
      expect(bound.size).toBeGreaterThan(0);
      expect(precision.unnecessary.filter((id) => bound.has(id))).toEqual([]);
    }
  });
});
