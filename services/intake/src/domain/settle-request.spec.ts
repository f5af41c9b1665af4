import { describe, expect, it } from '@jest/globals';
import type { DecisionId } from '@handoff/contracts';
import { settleRequest, type DecisionRef, type PendingRequest } from './settle-request.js';

const context: PendingRequest = { request_id: 'r', type: 'add_context', packet_version: 2 };
const withdrawal: PendingRequest = { request_id: 'r', type: 'withdraw', packet_version: null };
const decision = (type: DecisionRef['type'], packet_version: number): DecisionRef => ({
  decision_id: 'd' as DecisionId,
  type,
  packet_version,
});

describe('settleRequest', () => {
  it('applies context once the desk shows its version or a later one', () => {
    expect(settleRequest(context, 1, null)).toBeNull();
    expect(settleRequest(context, 2, null)).toMatchObject({ state: 'applied', decision_id: null });
    expect(settleRequest(context, 3, decision('approve', 1))).toMatchObject({ state: 'applied' });
  });

  it('goes by the version that was decided where the desk has not told yet', () => {
    expect(settleRequest(context, 0, decision('approve', 2))).toMatchObject({ state: 'applied', decision_id: null });
    expect(settleRequest(context, 1, decision('approve', 1))).toMatchObject({ state: 'too_late', decision_id: 'd' });
  });

  it('applies a withdrawal where nobody decided first', () => {
    expect(settleRequest(withdrawal, 9, null)).toBeNull();
    expect(settleRequest(withdrawal, 0, decision('withdrawn', 1))).toMatchObject({ state: 'applied', decision_id: null });
    expect(settleRequest(withdrawal, 0, decision('expired', 1))).toMatchObject({ state: 'too_late', decision_id: 'd' });
  });
});
