import { describe, expect, it } from '@jest/globals';
import type { ClassConstructor } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { normalisePacket } from '../packet/normalise-packet.js';
import { Packet } from '../packet/packet.js';
import { looseJson, loosePacket } from '../packet/packets.arbitrary.js';
import { TOPICS } from '../topics/index.js';
import { instantiate } from './instantiate.js';
import { rulesHold } from './rules-hold.js';

const packet = normalisePacket({
  task_id: 't-1',
  original_request: 'Please help',
  steps_completed: ['Looked it up', { action: 'ask', status: 'done', evidence: ['urn:1'] }],
  current_state: 'Waiting',
  reason_for_escalation: { code: 'authority_limit', text: 'Too expensive', limit: 50 },
  recommended_action: { name: 'refund', args: { amount: 7 } },
  urgency: 'medium',
  data_links: ['urn:order:1'],
  confidence: { value: 0.4, source: 'self' },
}) as JsonObject;
const now = '2026-01-31T12:00:00Z';
const id = '0198a5b0-0000-7000-8000-000000000000';
/** Enough of everything for some class to be content with it. */
const event: JsonObject = {
  ...{ tenant: 'default', sequence: 1, packet_version: 1, handoff_id: id, decision_id: id, task_id: 't-1', agent_id: 'a-1' },
  ...{ event: 'accepted', packet, accepted_at: now, at: now, decided_at: now, type: 'approve', urgency: 'medium', kind: 'escalation' },
};
const events = TOPICS.filter((topic) => topic.kind === 'event');

const agrees = (type: ClassConstructor<object>, value: JsonObject): void => {
  const instance = instantiate(type, value);
  expect(rulesHold(instance)).toBe(validateSync(instance, { forbidUnknownValues: true }).length === 0);
};

/** `value` with something else in one of its places. */
function changed(value: Json, [step = 0, ...path]: readonly number[], other: Json): Json {
  const keys = isJsonObject(value) || Array.isArray(value) ? Object.keys(value) : [];
  const key = keys[step % (keys.length || 1)];
  if (key === undefined || path.length === 0) return other;
  const copy = structuredClone(value) as JsonObject; // a list has keys as well
  return Object.assign(copy, { [key]: changed(copy[key] ?? null, path, other) });
}

describe('rulesHold', () => {
  it('is content with what is right', () => {
    expect(rulesHold(instantiate(Packet, packet))).toBe(true);
    expect(rulesHold(new (class Unruled {})())).toBe(false);
  });

  it.each(events.map(({ topic, payload }) => [topic, payload] as const))(
    'says of any record on %s what class-validator says',
    (_, type) => {
      const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 5 });
      fc.assert(
        fc.property(path, looseJson, (at, other) => agrees(type, { ...event, ...(changed(event, [...at, 0], other) as JsonObject) })),
      );
      fc.assert(fc.property(fc.dictionary(fc.constantFrom(...Object.keys(new type())), looseJson), (loose) => agrees(type, loose)));
    },
  );

  it('says of any packet what class-validator says', () => {
    const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 5 });
    const numRuns = 1000;
    fc.assert(
      fc.property(path, looseJson, (at, other) => agrees(Packet, { ...packet, ...(changed(packet, [...at, 0], other) as JsonObject) })),
      { numRuns },
    );
    fc.assert(
      fc.property(loosePacket, (loose) => agrees(Packet, normalisePacket(loose) as JsonObject)),
      { numRuns },
    );
  });
});
