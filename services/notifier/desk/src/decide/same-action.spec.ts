import { describe, expect, it } from '@jest/globals';
import type { DeskDetail, DeskSummary } from '../api/desk-types.js';
import { sameAction } from './same-action.js';

const detail = (kind = 'tool_call'): DeskDetail =>
  ({ handoff_id: 'a', action_digest: 'same', packet: { recommended_action: { kind } } }) as unknown as DeskDetail; // what is read
const item = (handoff_id: string, changes: object = {}): DeskSummary =>
  ({ handoff_id, action_digest: 'same', may_decide: true, ...changes }) as unknown as DeskSummary; // what is read
const queue = [item('a'), item('b'), item('other', { action_digest: 'other' }), item('theirs', { may_decide: false })];

describe('the same action', () => {
  it('is one digest, among what this person may decide', () => {
    expect(sameAction(detail(), queue, 'approve').map((it) => it.handoff_id)).toEqual(['b']);
  });

  it('is not offered for an answer of its own, nor where nothing would be carried out', () => {
    expect(sameAction(detail(), queue, 'edit')).toEqual([]);
    expect(sameAction(detail('text'), queue, 'reject')).toEqual([]);
  });
});
