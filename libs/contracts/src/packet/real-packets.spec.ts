import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../json.js';
import { parseJson } from '../wire/parse-json.js';
import { normalisePacket } from './normalise-packet.js';
import { maskPacket } from '../secrets/mask-packet.js';
import type { Packet } from './packet.js';
import { readPacket } from './read-packet.js';
import { REASON_CODES, URGENCIES } from './words.js';

const ROOT = new URL('../../../../', import.meta.url);
const SAMPLES = new URL('deploy/local/samples/packets.jsonl', ROOT);
/** Public agent runs. They are read where they lie, beside the checkout, and are no part of the repository. */
const REAL = new URL('../shared/data/tau_handoff_dev.jsonl.gz', ROOT);

const lines = (text: string): JsonObject[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);

function refused(packets: readonly JsonObject[]): unknown[] {
  return packets.flatMap((packet) => {
    const parsed = parseJson(Buffer.from(JSON.stringify(packet)));
    const read = parsed.kind === 'ok' ? readPacket(parsed.value) : parsed;
    return read.kind === 'faults' ? [{ task_id: packet['task_id'], faults: read.faults }] : [];
  });
}

function unsteady(packets: readonly JsonObject[]): unknown[] {
  return packets.flatMap((packet) => {
    const once = normalisePacket(packet);
    return JSON.stringify(normalisePacket(once)) === JSON.stringify(once) ? [] : [packet['task_id']];
  });
}

describe('the sample packets', () => {
  const samples = lines(readFileSync(SAMPLES, 'utf8'));

  it('are all accepted, and normalising them twice changes nothing more', () => {
    expect(samples.length).toBeGreaterThanOrEqual(30);
    expect(refused(samples)).toEqual([]);
    expect(unsteady(samples)).toEqual([]);
  });

  it('have a task each, and show every urgency and every reason', () => {
    const packets = samples.map(normalisePacket);
    const reasons = packets.map((packet) => (packet['reason_for_escalation'] as JsonObject)['code']);
    expect(new Set(packets.map((packet) => packet['task_id'])).size).toBe(samples.length);
    expect(new Set(packets.map((packet) => packet['urgency']))).toEqual(new Set(URGENCIES));
    expect(new Set(reasons)).toEqual(new Set(REASON_CODES));
  });
});

const here = existsSync(REAL);
(here ? describe : describe.skip)(`the real packets${here ? '' : ` (skipped: ${REAL.pathname} is not there)`}`, () => {
  it('are all 2,808 accepted, and normalising them twice changes nothing more', () => {
    const packets = lines(gunzipSync(readFileSync(REAL)).toString()).map((line) => line['packet'] as JsonObject);
    expect(packets).toHaveLength(2808);
    expect(refused(packets)).toEqual([]);
    expect(unsteady(packets)).toEqual([]);
  });

  it('have no secret in them, so nothing of them is masked', () => {
    const packets = lines(gunzipSync(readFileSync(REAL)).toString()).map((line) => normalisePacket(line['packet'] as JsonObject));
    expect(packets.flatMap((packet) => maskPacket(packet as unknown as Packet).paths)).toEqual([]);
  });
});
