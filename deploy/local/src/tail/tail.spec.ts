import type { JsonObject } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { describeEvent } from './describe-event.js';
import { readTailEvent, type TailEvent } from './tail-event.js';
import { TailFilter } from './tail-filter.js';

const ID = '01a204e1-b682-512c-aac8-e0da4bd4caf8';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const message = (value: string): KafkaMessage => ({
  ...{ offset: '7', timestamp: '1764324000000', attributes: 0, key: Buffer.from(ID), value: Buffer.from(value) },
  headers: { ce_id: Buffer.from('e-1'), traceparent: Buffer.from(`00-${TRACE}-00f067aa0ba902b7-01`) },
});

const event = (topic: string, payload: JsonObject): TailEvent => {
  const read = readTailEvent(topic, 0, message(JSON.stringify({ handoff_id: ID, ...payload })));
  if (!read) throw new Error('no event');
  return read;
};

describe('an event that is followed', () => {
  it('has its place, its trace and what happened', () => {
    expect(event('handoff.clock', { event: 'breached' })).toMatchObject({
      ...{ topic: 'handoff.clock', partition: 0, offset: '7', at: '2025-11-28T10:00:00.000Z', id: 'e-1', trace_id: TRACE },
      ...{ handoff_id: ID, event: 'breached' },
    });
  });

  it('is called by its type, or by its topic, where the payload has no word for it', () => {
    expect(event('handoff.decisions', { type: 'approve' }).event).toBe('approve');
    expect(event('handoff.feedback', {}).event).toBe('feedback');
  });

  it('is none where it cannot be read', () => {
    expect(readTailEvent('handoff.clock', 0, message('{'))).toBeNull();
    expect(readTailEvent('handoff.clock', 0, message('[]'))).toBeNull();
  });

  it('is one line that does nothing to the terminal', () => {
    const line = describeEvent(event('handoff.moves', { event: 'comment', moved_by: 'ana', note: 'Look \u202Ehere\nnow' }));
    expect(line).toMatch(
      /^2025-11-28T10:00:00\.000Z {2}handoff\.moves {8}comment {11}01a204e1.* {2}ana · Look \[U\+202E\]here\[U\+000A\]now$/,
    );
  });
});

describe('what is let through', () => {
  const wanted = { handoffs: [], events: [], urgency: null };
  const accepted = event('handoff.accepted', { event: 'accepted', packet: { urgency: 'high' } });
  const routed = event('handoff.routed', { event: 'asked' });

  it('is everything, where nothing else is said', () => {
    expect(new TailFilter(wanted).lets(routed)).toBe(true);
  });

  it('is of the handoff and the kind that are named', () => {
    expect(new TailFilter({ ...wanted, handoffs: ['another'] }).lets(routed)).toBe(false);
    expect(new TailFilter({ ...wanted, handoffs: [ID], events: ['asked'] }).lets(routed)).toBe(true);
    expect(new TailFilter({ ...wanted, events: ['breached'] }).lets(routed)).toBe(false);
  });

  it('is of an urgency that an earlier event of the handoff has said', () => {
    const filter = new TailFilter({ ...wanted, urgency: 'high' });
    expect(filter.lets(routed)).toBe(false);
    expect(filter.lets(accepted)).toBe(true);
    expect(filter.lets(routed)).toBe(true);
    expect(filter.lets(event('handoff.moves', { event: 'set_urgency', desk: { urgency: 'low' } }))).toBe(false);
    expect(filter.lets(routed)).toBe(false);
  });
});
