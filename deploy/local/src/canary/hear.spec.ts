import { describe, expect, it } from '@jest/globals';
import { hear } from './hear.js';

const of = (event: object): Buffer => Buffer.from(JSON.stringify(event));

describe('what the canary hears', () => {
  it('is who is asked, by the handoff’s id', () => {
    const routed = of({ handoff_id: 'h', event: 'asked', asked: ['canary-robot'] });
    expect(hear('handoff.routed', routed)).toEqual({ kind: 'routed', handoffId: 'h', asked: ['canary-robot'] });
  });

  it('is which task became which handoff', () => {
    const accepted = of({ handoff_id: 'h', packet: { task_id: 't' } });
    expect(hear('handoff.accepted', accepted)).toEqual({ kind: 'accepted', taskId: 't', handoffId: 'h' });
  });

  it.each([
    ['an end that routing asks for', 'handoff.routed', of({ handoff_id: 'h', event: 'end' })],
    ['another topic', 'handoff.clock', of({ handoff_id: 'h' })],
    ['what is no JSON', 'handoff.accepted', Buffer.from('{')],
    ['nothing', 'handoff.accepted', null],
  ])('is not %s', (_, topic, value) => {
    expect(hear(topic, value)).toBeNull();
  });
});
