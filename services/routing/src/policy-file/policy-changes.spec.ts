import { describe, expect, it } from '@jest/globals';
import { policyChanges } from './policy-changes.js';

const FILE = `
policy: { id: test, name: Test }
people:
  - { id: ana, name: Ana, roles: [responder], addresses: [{ channel: webhook, address: '\${HOOKS}/ana' }] }
teams:
  - { id: support, name: Support, members: [ana] }
calendars:
  - { id: office, time_zone: Europe/Berlin, holidays: [{ date: 2026-12-25 }] }
sla: { critical: 15m }
rules:
  - id: large
    match: { urgency: high, amount: { unit: EUR, up_to: 500 } }
    levels: [{ name: One, target: { team: support }, decide_within: 10m }]
  - { id: default, match: {}, levels: [{ name: One, target: { team: support } }], at_end: reject }
`;

describe('what a policy changes of another', () => {
  it('is said in the words of their files', () => {
    const after = FILE.replace('up_to: 500', 'up_to: 900')
      .replace('decide_within: 10m', 'decide_within: 20m, skip_if: { off_hours: office }')
      .replace('sla: { critical: 15m }', 'sla: { critical: 15m, calendar: office }')
      .replace('[{ date: 2026-12-25 }]', '[{ date: 2026-12-24, name: Christmas Eve }, { date: 2026-12-25 }]');
    expect(policyChanges(FILE, after)).toEqual([
      { path: 'calendars.office.holidays.2026-12-24', before: null, after: { date: '2026-12-24', name: 'Christmas Eve' } },
      { path: 'sla.calendar', before: null, after: 'office' },
      { path: 'rules.large.match.amount.up_to', before: 500, after: 900 },
      { path: 'rules.large.levels.0.decide_within', before: '10m', after: '20m' },
      { path: 'rules.large.levels.0.skip_if', before: null, after: { off_hours: 'office' } },
    ]);
  });

  it('is nothing where it is only written otherwise, and shows no setting that a text names', () => {
    const after = `# why\n${FILE.replace('urgency: high', 'urgency: [high]').replace('at_end: reject', 'at_end: { do: reject }')}`;
    expect(policyChanges(FILE, after)).toEqual([]);
    expect(policyChanges(FILE, FILE.replace('/ana', '/hooks/ana'))).toEqual([
      { path: 'people.ana.addresses.0.address', before: '${HOOKS}/ana', after: '${HOOKS}/hooks/ana' },
    ]);
  });

  it('is the order of its rules as well, and a new one moves no other', () => {
    const rule = '  - { id: first, match: { tags: vip }, levels: [{ name: One, target: { team: support } }] }\n';
    expect(policyChanges(FILE, FILE.replace('rules:\n', `rules:\n${rule}`))).toMatchObject([
      { path: 'rules.first', before: null, after: { id: 'first', match: { tags: ['vip'] } } },
      { path: 'order', before: 'large, default', after: 'first, large, default' },
    ]);
  });
});
