import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.js';
import { MAX_EVENT_DEPTH, parseJson } from '../wire/parse-json.js';
import { actionDigest } from './action-digest.js';
import { looseJson, loosePacket } from './packets.arbitrary.js';
import { readPacket } from './read-packet.js';
import { scoreCompleteness } from './score-completeness.js';

const bare: JsonObject = {
  task_id: 't-1',
  original_request: 'Please help',
  steps_completed: ['Looked it up'],
  current_state: 'Waiting',
  reason_for_escalation: 'Too expensive',
  recommended_action: 'Refund it',
  urgency: 'medium',
  data_links: ['urn:order:1'],
};
const faultsOf = (sent: Json): unknown => {
  const read = readPacket(sent);
  return read.kind === 'ok' ? [] : read.faults.map(({ path, code }) => `${path} ${code}`);
};
const bytes = (value: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('readPacket', () => {
  it('takes exactly the eight bare fields', () => {
    expect(faultsOf(bare)).toEqual([]);
  });

  it('takes the eight fields with nothing in all but two of them', () => {
    const blank = { steps_completed: [], current_state: '', reason_for_escalation: '', recommended_action: '', data_links: [] };
    expect(faultsOf({ ...bare, ...blank })).toEqual([]);
    expect(faultsOf({ ...bare, data_links: [''], steps_completed: ['', {}] })).toEqual([]);
    expect(faultsOf({ ...bare, task_id: '', original_request: '' })).toEqual(['task_id empty', 'original_request empty']);
  });

  it('names all eight where none is there', () => {
    expect(faultsOf({})).toEqual(Object.keys(bare).map((field) => `${field} missing`));
  });

  it('tells everything that is wrong at once, each with its path', () => {
    const sent: JsonObject = {
      ...bare,
      urgency: 'urgent',
      steps_completed: ['fine', 7, { action: 'x', status: 'perhaps' }, { action: 'x', at: 'today' }],
      reason_for_escalation: { code: 'because' },
      recommended_action: [],
      data_links: [{ title: 'no address' }],
      confidence: 1.5,
      agent: { id: '' },
      allowed_decisions: ['approve', 'maybe'],
      expires_at: 'tomorrow',
      supersedes: 'the other one',
    };
    expect(faultsOf(sent)).toEqual([
      'steps_completed[1] wrong_type',
      'steps_completed[2].status not_allowed_value',
      'steps_completed[3].at bad_format',
      'reason_for_escalation.code not_allowed_value',
      'recommended_action wrong_type',
      'urgency not_allowed_value',
      'data_links[0].url missing',
      'confidence.value out_of_range',
      'agent.id empty',
      'supersedes bad_format',
      'allowed_decisions[1] not_allowed_value',
      'expires_at bad_format',
    ]);
  });

  it.each(['steps_completed', 'current_state', 'reason_for_escalation', 'recommended_action', 'urgency', 'data_links', 'task_id'])(
    'refuses null in %s and says so about that field alone',
    (field) => {
      const read = readPacket({ ...bare, [field]: null });
      expect(read).toMatchObject({ kind: 'faults', faults: [{ path: field }] });
      expect(read.kind === 'faults' && read.faults[0]?.message).toMatch(/not null|is null/);
    },
  );

  it('refuses a list wherever an object belongs', () => {
    for (const field of ['reason_for_escalation', 'recommended_action', 'confidence', 'authority', 'agent', 'parent', 'features'])
      expect(faultsOf({ ...bare, [field]: [] })).toEqual([`${field} wrong_type`]);
    expect(faultsOf({ ...bare, steps_completed: [[]], data_links: [[]], attempts: [[]] })).toEqual([
      'steps_completed[0] wrong_type',
      'data_links[0] wrong_type',
      'attempts[0] wrong_type',
    ]);
  });

  it('names the limit that is passed and never shortens', () => {
    expect(faultsOf({ ...bare, task_id: 'x'.repeat(257) })).toEqual(['task_id too_long']);
    expect(faultsOf({ ...bare, data_links: Array<string>(201).fill('urn:x') })).toEqual(['data_links too_many']);
    expect(faultsOf({ ...bare, resume: 'x'.repeat(16 * 1024) })).toEqual(['resume too_large']);
  });

  it('refuses lists in lists where an object belongs, whatever is in them', () => {
    const read = readPacket({ ...bare, confidence: [[{ constructor: null }]] });
    expect(read).toMatchObject({ kind: 'faults', faults: [{ path: 'confidence', code: 'wrong_type' }] });
  });

  it('gives a packet or faults for any JSON, and what it gives can be digested, scored and sent on', () => {
    const anything = fc.oneof(
      looseJson,
      loosePacket,
      loosePacket.map((fields): Json => ({ ...bare, ...fields })),
      fc.tuple(fc.constantFrom(...Object.keys(bare)), looseJson).map(([field, value]): Json => ({ ...bare, [field]: value })),
    );
    fc.assert(
      fc.property(anything, (sent) => {
        const parsed = parseJson(bytes(sent));
        if (parsed.kind === 'faults') return;
        const read = readPacket(parsed.value);
        if (read.kind === 'faults') {
          expect(read.faults.length).toBeGreaterThan(0);
          for (const { message } of read.faults) expect(message.length).toBeLessThan(400);
        } else {
          expect(actionDigest(read.value.recommended_action)).toMatch(/^[0-9a-f]{64}$/);
          expect(scoreCompleteness(read.value).score).toBeLessThanOrEqual(1);
          const onward = new TextEncoder().encode(JSON.stringify({ packet: read.value }));
          expect(parseJson(onward, 1024 * 1024, MAX_EVENT_DEPTH).kind).toBe('ok');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a value or faults for any bytes', () => {
    const mangled = fc.tuple(fc.constant(bytes(bare)), fc.nat(), fc.nat(255)).map(([good, at, byte]) => {
      const bad = Uint8Array.from(good);
      bad[at % bad.length] = byte;
      return bad;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => new TextEncoder().encode(text)),
          mangled,
        ),
        (raw) => {
          const parsed = parseJson(raw);
          const read = parsed.kind === 'ok' ? readPacket(parsed.value) : parsed;
          expect(['ok', 'faults']).toContain(read.kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
