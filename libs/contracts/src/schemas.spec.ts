import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Json, JsonObject } from './json.js';
import { readPacket } from './packet/read-packet.js';
import { TOPICS } from './topics/index.js';

const ROOT = new URL('../../../', import.meta.url);
const REAL = new URL('../shared/data/tau_handoff_dev.jsonl.gz', ROOT);

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const samples = read('deploy/local/samples/packets.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as JsonObject);

function schemaOf(topic: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajvFormats.default(ajv);
  return ajv.compile(JSON.parse(read(`docs/contracts/${topic}.schema.json`)) as object);
}
const [bare = {}] = samples;

describe('the generated schemas', () => {
  it.each(TOPICS.map(({ topic }) => [topic]))('say what is on %s, and no instance of theirs is a list', (topic) => {
    expect(schemaOf(topic)([])).toBe(false);
  });
});

describe('the schema of the packet that an agent may send', () => {
  const isPacket = schemaOf('handoff.escalations');

  it.each(samples.map((sample) => [sample['task_id'], sample] as const))('takes the sample %s', (_, sample) => {
    isPacket(sample);
    expect(isPacket.errors).toBeNull();
  });

  it.each<[string, JsonObject]>([
    ['an urgency of its own', { urgency: 'urgent' }],
    ['no task', { task_id: '' }],
    ['null for a list', { steps_completed: null }],
    ['a list for an action', { recommended_action: [] }],
    ['a number for a link', { data_links: [7] }],
    ['a link without an address', { data_links: [{ title: 'x' }] }],
    ['an unknown reason', { reason_for_escalation: { code: 'because' } }],
    ['a confidence above 1', { confidence: 1.5 }],
    ['an unknown decision', { allowed_decisions: ['maybe'] }],
    ['a day that is none', { expires_at: '2026-02-30T00:00:00Z' }],
    ['a task that is too long', { task_id: 'x'.repeat(257) }],
  ])('refuses %s, as intake does', (_, changes) => {
    const sent: Json = { ...bare, ...changes };
    expect([isPacket(sent), readPacket(sent).kind]).toEqual([false, 'faults']);
  });

  it.each(Object.keys(bare))('refuses a packet without %s, as intake does', (field) => {
    const sent = Object.fromEntries(Object.entries(bare).filter(([key]) => key !== field));
    expect([isPacket(sent), readPacket(sent).kind]).toEqual([false, 'faults']);
  });

  const here = existsSync(REAL);
  (here ? it : it.skip)(`takes every real packet${here ? '' : ` (skipped: ${REAL.pathname} is not there)`}`, () => {
    const packets = gunzipSync(readFileSync(REAL)).toString().trim().split('\n');
    const refused = packets.filter((line) => !isPacket((JSON.parse(line) as { packet: unknown }).packet));
    expect(refused.length).toBe(0);
  });
});

describe('the schema of handoff.accepted', () => {
  const isAccepted = schemaOf('handoff.accepted');
  const event = {
    tenant: 'default',
    handoff_id: '018f3c6e-7d2a-7c3b-9f10-5a6b7c8d9e0f',
    sequence: 1,
    packet_version: 1,
    event: 'accepted',
    kind: 'escalation',
    agent_id: 'a-1',
    task_id: 't-1',
    completeness: { score: 1, warnings: [] },
    action_digest: 'ab',
    accepted_at: '2026-03-17T12:00:00Z',
    withdrawal: null,
  };

  it('takes every sample in its normalised form', () => {
    for (const sample of samples) {
      const packet = readPacket(sample);
      isAccepted(JSON.parse(JSON.stringify({ ...event, packet: packet.kind === 'ok' ? packet.value : null })));
      expect(isAccepted.errors).toBeNull();
    }
  });

  it('refuses a packet that was not normalised', () => {
    expect(isAccepted({ ...event, packet: bare })).toBe(false);
  });
});
