import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { parsePolicy } from './parse-policy.js';
import { readPolicySchema } from './policy-schema.js';

const ROOT = new URL('../../../../', import.meta.url);
const FILES = [
  'deploy/local/policy.yaml',
  'deploy/local/replay.yaml',
  'test/journeys/support/policy.yaml',
  'test/load/policy.yaml',
  'test/faults/policy.yaml',
];
const policy = (levels: string, more = ''): string => `
policy: { id: test, name: Test }
people: [{ id: ana, name: Ana, roles: [responder], addresses: [{ channel: email, address: ana@example.test }] }]
teams: [{ id: support, name: Support, members: [ana], schedules: [rota] }]
calendars: [{ id: office, time_zone: Europe/Berlin, hours: [{ days: [mon], from: '09:00', until: '24:00' }], holidays: [{ date: 2026-12-25 }] }]
schedules:
  - id: rota
    name: Rota
    time_zone: Europe/Berlin
    calendar: office
    layers: [{ id: all, people: [ana], starts: 2026-01-05T09:00, turn: 1w, works_holidays: true }]
sla: { critical: 900, normal: 1h30m, calendar: office }
rules:
  - id: large
    match: { urgency: high, tags: [vip, large], amount: { unit: EUR, over: 100, up_to: 500 } }
    levels: [{ name: One, target: { team: support, ask: 1 }, skip_if: { off_hours: office, kind: escalation } }, { name: Two, target: { team: support } }]
    at_end: { do: approve, actions: [resend_mail] }
  - { id: default, match: {}, levels: ${levels}, at_end: reject, ${more} }`;
const SOUND = '[{ name: One, target: { team: support } }]';

describe('the published schema of the policy file', () => {
  let isPolicy: ValidateFunction;
  const judged = (text: string) => [
    isPolicy(parse(text)),
    parsePolicy(text, { CATCHER_URL: 'http://127.0.0.1:9', CANARY_URL: 'http://127.0.0.1:9' }).kind === 'ok',
  ];

  beforeAll(async () => {
    isPolicy = new Ajv2020({ strict: true, allErrors: true }).compile(await readPolicySchema());
  });

  it.each(FILES)('takes %s, which names a schema for editors', (file) => {
    const text = readFileSync(new URL(file, ROOT), 'utf8');
    isPolicy(parse(text));
    expect(isPolicy.errors).toBeNull();
    const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? [];
    expect(new URL(named, new URL(file, ROOT)).pathname).toBe(new URL('docs/contracts/policy.schema.json', ROOT).pathname);
  });

  it('takes what its author may leave out or write shorter, as the service does', () => {
    expect(judged(policy(SOUND))).toEqual([true, true]);
    expect(judged(policy(SOUND, 'earlier_may_answer: null'))).toEqual([true, true]);
  });

  it.each([
    ['a key that means nothing', policy('[{ name: One, target: { team: support }, decide_in: 5m }]')],
    ['a level that asks nobody', policy('[{ name: One }]')],
    ['a rule without levels', policy('[]')],
    ['a window of no time', policy('[{ name: One, target: { team: support }, decide_within: 0 }]')],
    ['a window in words', policy('[{ name: One, target: { team: support }, ack_within: soon }]')],
    ['half a second', policy('[{ name: One, target: { team: support }, ack_within: 0.5 }]')],
    ['an unknown reason', policy(SOUND).replace('urgency: high', 'reason_code: because')],
    ['approval by silence of anything', policy(SOUND).replace('at_end: reject', 'at_end: approve')],
    ['a turn that is none', policy(SOUND).replace('turn: 1w', 'turn: weekly')],
    ['a time that is none', policy(SOUND).replace("'24:00'", "'25:00'")],
    ['an id with spaces', policy(SOUND).replace('id: large', 'id: very large')],
    ['an unknown channel', policy(SOUND).replace('channel: email', 'channel: pigeon')],
  ])('refuses %s, as the service does', (_, text) => {
    expect(judged(text)).toEqual([false, false]);
  });
});
