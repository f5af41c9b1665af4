import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from './parse-policy.js';

const policy = (rules: string, more = ''): string => `
policy: { id: test, name: Test }
people:
  - { id: ana, name: Ana, roles: [responder], addresses: [] }
teams:
  - { id: support, name: Support, members: [ana] }
${more}
rules:
${rules}`;
const CATCH_ALL = '  - { id: default, match: {}, levels: [{ name: One, target: { team: support } }] }';

function faultsOf(text: string): readonly string[] {
  const parsed = parsePolicy(text, {});
  return parsed.kind === 'faults' ? parsed.faults.map(({ message }) => message) : [];
}

describe('a policy file', () => {
  it('gets the defaults for what it leaves out', () => {
    const parsed = parsePolicy(policy(CATCH_ALL), {});
    expect(parsed).toMatchObject({
      kind: 'ok',
      value: {
        sla: { critical: 900, normal: 14_400 },
        urgency: { high: 'critical', medium: 'normal', low: 'normal' },
        rules: [],
        catchAll: { levels: [{ decideWithin: null, ackWithin: null, ladder: [{ channel: 'webhook' }, { channel: 'email' }], repeat: 0 }] },
      },
    });
  });

  it('takes windows down to a second, as numbers or texts', () => {
    const levels =
      '[{ name: One, target: { team: support }, decide_within: 1, ack_within: 1s, ladder: [{ channel: email, after: 1h30m }] }]';
    const parsed = parsePolicy(policy(`  - { id: default, match: {}, levels: ${levels} }`, 'sla: { critical: 2s, normal: 3 }'), {});
    expect(parsed).toMatchObject({
      value: { sla: { critical: 2, normal: 3 }, catchAll: { levels: [{ decideWithin: 1, ackWithin: 1, ladder: [{ after: 5400 }] }] } },
    });
  });

  it('puts the environment into its texts, and refuses a name that is not set there', () => {
    const text = policy(CATCH_ALL).replace('addresses: []', `addresses: [{ channel: webhook, address: '\${CATCHER_URL}/ana' }]`);
    expect(parsePolicy(text, { CATCHER_URL: 'http://127.0.0.1:9' })).toMatchObject({
      value: { people: [{ addresses: [{ address: 'http://127.0.0.1:9/ana' }] }] },
    });
    expect(faultsOf(text)).toEqual(['Line 4: people[0].addresses[0].address names ${CATCHER_URL}, which is not set in the environment.']);
  });

  it('is refused with everything that is wrong at once, each with its line', () => {
    const text = policy(
      `  - id: fraud
    match: { reason_code: fraud }
    levels:
      - { name: One, target: { team: support }, decide_within: 0 }
  - { id: default, match: {}, levels: [] }`,
      'sla: { critical: soon }',
    );
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(/^Line 7: sla\.critical must be whole seconds or a text/),
      expect.stringMatching(/^Line 10: rules\[0\]\.match\.reason_code\[0\] is "fraud"; it must be one of authority_limit/),
      expect.stringMatching(/^Line 12: rules\[0\]\.levels\[0\]\.decide_within must be whole seconds/),
      expect.stringMatching(/^Line 13: rules\[1\]\.levels has 0 entries; at least 1/),
    ]);
  });

  it('takes one value for a list, and one word for what happens at its end', () => {
    const rules = `  - id: small
    match: { tenant: acme, amount: { unit: EUR, up_to: 50 } }
    levels: [{ name: One, target: { team: support, ask: 1 }, skip_if: { urgency: low } }]
    at_end: { do: approve, actions: [send_reminder] }
${CATCH_ALL.replace(' }] }', ' }], at_end: reject }')}`;
    expect(parsePolicy(policy(rules), {})).toMatchObject({
      kind: 'ok',
      value: {
        rules: [
          {
            match: { tenant: ['acme'], amount: { unit: 'EUR', upTo: 50 } },
            levels: [{ team: 'support', ask: 1, skipIf: { urgency: ['low'] } }],
            atEnd: { do: 'approve', actions: ['send_reminder'] },
          },
        ],
        catchAll: { atEnd: { do: 'reject' } },
      },
    });
  });

  it('is refused where it would approve by silence without naming what, ask strangers, or ask fewer than must agree', () => {
    const level = '{ name: One, target: { team: support, people: [zoe], ask: 1 }, answers_needed: 2 }';
    const rules = `  - { id: default, match: {}, levels: [${level}], at_end: approve }`;
    expect(faultsOf(policy(rules))).toEqual([
      expect.stringContaining('rules[0].at_end approves, and must name the actions'),
      expect.stringContaining('rules[0].levels[0].target.people names "zoe", who is not in team "support"'),
      expect.stringContaining('rules[0].levels[0].target.ask is 1, and 2 answers are needed'),
      expect.stringContaining('answers_needed is 2, and only 1 people'),
    ]);
  });

  it('is refused without a rule that catches all', () => {
    const rule = '  - { id: fraud, match: { reason_code: safety_or_fraud }, levels: [{ name: One, target: { team: support } }] }';
    expect(faultsOf(policy(rule))).toEqual([expect.stringContaining('no rule with an empty match')]);
  });

  it('is refused with a rule that is never reached', () => {
    const rules = `${CATCH_ALL}\n${CATCH_ALL.replace('id: default', 'id: second')}`;
    expect(faultsOf(policy(rules))).toEqual(['Line 10: rules[1] is never reached: rules[0] before it matches everything.']);
  });

  it('is refused with names that do not exist, exist twice or mean nothing', () => {
    const text = policy(CATCH_ALL.replace('{ team: support }', '{ team: leads }, decide_withn: 5'), 'slas: {}')
      .replace('[ana]', '[ana, zoe]')
      .replace('teams:', '  - { id: ana, name: Ana, roles: [], addresses: [{ channel: email, address: nowhere }] }\nteams:');
    expect(faultsOf(text)).toEqual([
      expect.stringContaining('slas means nothing here'),
      expect.stringContaining('rules[0].levels[0].decide_withn means nothing here'),
      expect.stringContaining('people[1].id is "ana", which is taken'),
      expect.stringContaining('teams[0].members[1] is "zoe"'),
      expect.stringContaining('rules[0].levels[0].target.team is "leads"'),
      expect.stringContaining('people[1].addresses[0].address is "nowhere"; a email'),
    ]);
  });

  it.each(['policy: [', 'policy: 1\npolicy: 2', '', '[]', 'null', '"text"', 'rules: [null]', 'rules: [{ match: 5 }]', 'people: [1]'])(
    'is refused, and nothing breaks, where it is %j',
    (text) => {
      expect(faultsOf(text).length).toBeGreaterThan(0);
    },
  );

  it('that ships with the repository is right', () => {
    const text = readFileSync(new URL('../../../../deploy/local/policy.yaml', import.meta.url), 'utf8');
    const parsed = parsePolicy(text, { CATCHER_URL: 'http://127.0.0.1:8025', CANARY_URL: 'http://127.0.0.1:4105' });
    expect(parsed).toMatchObject({ kind: 'ok', value: { catchAll: { levels: { length: 3 } } } });
  });
});
