import type { HandoffDecision, HandoffMove } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { tellItem, type ToldCopy, type ToldItem } from './tell-item.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 28, 10, minute));
const copy: ToldCopy = {
  ...{ level: 1, cycle: 1, recipient: 'ana', channel: 'slack', state: 'delivered', due_at: at(0), attempts: 1 },
  ...{ last_error: null, delivered_at: at(1), seen_at: null },
};
const item: ToldItem = { traceId: '4bf9', copies: [], moves: [], decision: null, seen: [] };
const texts = (over: Partial<ToldItem>, mayAudit = false) =>
  tellItem({ ...item, ...over }, mayAudit).map(({ event, text }) => [event, text]);

describe('the people’s side of the history', () => {
  it('says who was told, how, and whether she has seen it', () => {
    expect(texts({ copies: [{ ...copy, attempts: 3, seen_at: at(2) }] })).toEqual([
      ['copy', 'ana is told by slack, after 3 attempts'],
      ['seen', 'ana has seen the copy by slack'],
    ]);
  });

  it.each([
    ['failed', 4, 'ana could not be told by slack: invalid_auth', 'ana could not be told by slack'],
    [
      'due',
      2,
      '2 attempts to tell ana by slack have failed, and it is tried again: invalid_auth',
      '2 attempts to tell ana by slack have failed, and it is tried again',
    ],
  ])('tells the error of a copy that is %s to those alone who may read the audit log', (state, attempts, whole, masked) => {
    const copies = [{ ...copy, state, attempts, delivered_at: null, last_error: 'invalid_auth' }];
    expect(texts({ copies }, true)).toEqual([['copy_failed', whole]]);
    expect(texts({ copies })).toEqual([['copy_failed', masked]]);
  });

  it('has moves in words, and the decision with whether it was in time', () => {
    const move = {
      event: 'vote',
      moved_by: 'ben',
      moved_at: at(3).toISOString(),
      vote: { type: 'approve', agreeing: 1, needed: 2 },
    } as HandoffMove;
    const decision = {
      ...{ type: 'approve', decided_by: [{ subject: 'ben' }, { subject: 'ana' }], decided_at: at(4).toISOString(), message: 'Fine.' },
      sla: { met: true },
    } as unknown as HandoffDecision;
    expect(texts({ moves: [move], decision })).toEqual([
      ['move', 'ben votes approve, 1 of 2'],
      ['decision', 'ben, ana decided approve, in time: Fine.'],
    ]);
  });

  it('says where it ended without a person, and in which trace', () => {
    const decision = {
      type: 'withdrawn',
      decided_by: [],
      decided_at: at(4).toISOString(),
      message: null,
      sla: null,
    } as unknown as HandoffDecision;
    expect(tellItem({ ...item, decision }, false)).toEqual([
      { at: at(4).toISOString(), event: 'end', who: null, text: 'The handoff has ended: withdrawn', trace_id: '4bf9' },
    ]);
  });
});
