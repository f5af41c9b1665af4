import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoffAccepted, handoffEscalations, handoffRejected, newId, type FaultCode, type JsonObject } from '@handoff/contracts';
import { bareFields, startTestService, type RawRecord, type TestService } from '@handoff/testing';
import { giveKey } from './give-key.for-spec.js';
import { rejectionName, Vault } from './store/vault.js';

const DATA_KEY = randomBytes(32).toString('base64');
const text = (over: Readonly<Record<string, unknown>> = {}): string => JSON.stringify(bareFields(over));
/** The same packet with something in it that no JSON library would write. */
const withRaw = (raw: string): string => text().replace('{', `{${raw},`);
const without = (field: string): string => {
  const { [field]: _gone, ...rest } = bareFields();
  return JSON.stringify(rest);
};
const manyHeaders = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`x-${at}`, 'y']));

type Bad = readonly [what: string, record: RawRecord, refusal: readonly `${string}:${FaultCode}`[]];

const BAD: readonly Bad[] = [
  ['truncated JSON', { value: text().slice(0, -20) }, [':unreadable']],
  ['an empty value', { value: null }, [':no_value']],
  ['no bytes at all', { value: Buffer.alloc(0) }, [':no_value']],
  ['a list', { value: `[${text()}]` }, [':wrong_type']],
  ['a text', { value: '"refund"' }, [':wrong_type']],
  [
    'bytes behind a schema registry’s zero byte',
    { value: Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), Buffer.from(text())]) },
    [':unreadable'],
  ],
  ['10,000 levels', { value: withRaw(`"metadata":${'['.repeat(10_000)}${']'.repeat(10_000)}`) }, [':too_deep']],
  ['__proto__', { value: withRaw('"__proto__":{"isAdmin":true}') }, ['__proto__:forbidden_key']],
  ['a key twice', { value: withRaw('"urgency":"high"') }, ['urgency:duplicate_key']],
  ['U+0000', { value: withRaw('"metadata":{"a":"\\u0000"}') }, [':forbidden_character']],
  ['half of a surrogate pair', { value: withRaw('"metadata":{"a":"\\ud800"}') }, [':forbidden_character']],
  ['invalid UTF-8', { value: Buffer.concat([Buffer.from(text()), Buffer.from([0xc3, 0x28])]) }, [':unreadable']],
  ['more than 256 KiB', { value: text({ current_state: 'x'.repeat(300 * 1024) }) }, [':too_large']],
  ['invalid UTF-8 in a header', { value: text(), headers: { ce_id: Buffer.from([0xc3, 0x28]) } }, ['headers.ce_id:unreadable']],
  ['a header three times', { value: text(), headers: { ce_id: ['1', '2', '3'] } }, ['headers.ce_id:duplicate_header']],
  ['500 headers', { value: text(), headers: manyHeaders }, ['headers:too_many_headers']],
  ['an urgency that is none', { value: text({ urgency: 'yesterday' }) }, ['urgency:not_allowed_value']],
  ['an empty task_id', { value: text({ task_id: '' }) }, ['task_id:empty']],
  ['a field left out', { value: without('urgency') }, ['urgency:missing']],
  ['a date that is none', { value: text({ expires_at: '2026-02-30T10:00:00Z' }) }, ['expires_at:bad_format']],
  [
    'wrong types everywhere',
    { value: text({ task_id: 7, original_request: {}, steps_completed: 'all', data_links: 'none', urgency: 1 }) },
    [
      'task_id:wrong_type',
      'original_request:wrong_type',
      'steps_completed:wrong_type',
      'data_links:wrong_type',
      'urgency:not_allowed_value',
    ],
  ],
];

describe('bad input', () => {
  let door: TestService;
  const vault = new Vault({ DATA_KEY, DATA_KEYS_BEFORE: '' });

  beforeAll(async () => {
    door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env: { DATA_KEY } });
  }, 60_000);
  afterAll(() => door?.stop());

  it.each(BAD)(
    'with %s is refused by name, its bytes are kept, and the next record of its partition is accepted',
    async (_, bad, refusal) => {
      const key = newId();
      const good = bareFields();
      const before = (await door.published(handoffRejected)).length;
      await door.deliverRaw(handoffEscalations, [
        { ...bad, key },
        { key, value: JSON.stringify(good) },
      ]);
      const fresh = (await door.published(handoffRejected)).slice(before);
      expect(fresh).toHaveLength(1);
      const [rejected] = fresh;
      expect(rejected?.errors.map(({ path, code }) => `${path}:${code}`).toSorted()).toEqual([...refusal].toSorted());
      expect(rejected?.errors.every(({ message }) => message.length > 10)).toBe(true);
      const [row] = await door.query<{ sent: Buffer | null }>('SELECT sent FROM rejections WHERE rejection_id = $1', [
        rejected?.rejection_id,
      ]);
      const kept = row?.sent ? vault.open(row.sent, rejectionName(rejected?.rejection_id ?? '')) : null;
      expect(kept?.toString('base64') ?? '').toBe(Buffer.from(bad.value ?? '').toString('base64'));
      expect((await door.published(handoffAccepted)).filter((it) => it.task_id === good['task_id'])).toHaveLength(1);
    },
  );

  it.each([
    ['no ce_id', {}],
    ['a ce_time in 1970', { ce_id: newId(), ce_time: '1970-01-01T00:00:00Z' }],
    ['a ce_time in 2099', { ce_id: newId(), ce_time: '2099-01-01T00:00:00Z' }],
  ])('is not what a record has with %s: it is accepted, at the database’s time', async (_, headers) => {
    const packet: JsonObject = bareFields();
    await door.deliverRaw(handoffEscalations, [{ key: newId(), value: JSON.stringify(packet), headers }]);
    const [accepted] = (await door.published(handoffAccepted)).filter((it) => it.task_id === packet['task_id']);
    expect(accepted?.accepted_at.slice(0, 4)).toBe(String(new Date().getUTCFullYear()));
  });

  it('of 10 MB over HTTP is refused before it is read', async () => {
    const agentKey = await giveKey(door, 'big');
    const answer = await fetch(`${door.url}/v1/handoffs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${agentKey}`, 'content-type': 'application/json' },
      body: text({ current_state: 'x'.repeat(10 * 1024 * 1024) }),
    });
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
