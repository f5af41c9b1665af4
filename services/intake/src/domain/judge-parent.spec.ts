import { describe, expect, it } from '@jest/globals';
import { newId, type AgentId, type HandoffId, type TaskId } from '@handoff/contracts';
import { judgeParent, type NamedDelegation } from './judge-parent.js';
import type { OfferState } from './offer.js';

const SENDER = 'finder' as AgentId;
const offer = (state: OfferState, agent = 'finder') => ({ agent_id: agent as AgentId, state });
const aDelegation = (over: Partial<NamedDelegation> = {}): NamedDelegation => ({
  handoffId: newId<HandoffId>(),
  taskId: 'cups' as TaskId,
  ended: false,
  offers: [offer('confirmed')],
  ...over,
});
const byId = (it: NamedDelegation, task_id?: string) =>
  judgeParent(SENDER, { handoff_id: it.handoffId, ...(task_id === undefined ? {} : { task_id }) }, [it]);
const codes = (judged: ReturnType<typeof judgeParent>) =>
  judged.kind === 'unfit' ? judged.faults.map(({ path, code }) => `${path} ${code}`) : judged.within;

describe('an escalation that names a parent', () => {
  it.each<OfferState>(['offered', 'confirmed', 'delivered'])(
    'is within the delegation that its agent has, as far as is known: %s',
    (state) => {
      const held = aDelegation({ offers: [offer('lapsed', 'another'), offer(state)] });
      expect(codes(byId(held))).toBe(held.handoffId);
      expect(codes(byId(held, 'cups'))).toBe(held.handoffId);
    },
  );

  it.each([
    ['another’s', [offer('confirmed', 'another')]],
    ['another’s by now', [offer('lapsed'), offer('confirmed', 'another')]],
    ['nobody’s yet', []],
  ])('is refused where that is %s', (_, offers) => {
    expect(codes(byId(aDelegation({ offers })))).toEqual(['parent.handoff_id not_holder']);
  });

  it('is refused where that has ended, whoever had it, and where its task is another', () => {
    expect(codes(byId(aDelegation({ ended: true })))).toEqual(['parent.handoff_id already_ended']);
    expect(codes(byId(aDelegation(), 'mugs'))).toEqual(['parent.task_id not_allowed_value']);
  });

  it('stands as a reference where that is nothing that is known as a delegation', () => {
    expect(codes(judgeParent(SENDER, { handoff_id: newId<HandoffId>(), task_id: 'cups' }, []))).toBeNull();
  });

  it('is within the newest delegation of the task that it names and its agent has, and of no other', () => {
    const [first, held, others] = [aDelegation(), aDelegation(), aDelegation({ offers: [offer('confirmed', 'another')] })];
    expect(codes(judgeParent(SENDER, { task_id: 'cups' }, [first, held, others]))).toBe(held.handoffId);
    expect(codes(judgeParent(SENDER, { task_id: 'cups' }, [aDelegation({ ended: true }), others]))).toBeNull();
  });
});
