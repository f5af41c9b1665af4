import { describe, expect, it } from '@jest/globals';
import { aPolicy, NOW } from './builders.for-spec.js';
import { directoryEntries } from './directory-entries.js';

describe('the directory', () => {
  it('names every person with their teams, every team and the policy', () => {
    const entries = directoryEntries({ policy: aPolicy(), version: 1 }, null, NOW);
    expect(entries.map(({ id }) => id)).toEqual([
      ...['person:ana', 'person:ben', 'person:chloe'],
      ...['team:support', 'team:leads', 'team:managers', 'team:nobody', 'policy:test'],
    ]);
    expect(entries[1]).toMatchObject({ entry: 'person', teams: ['support', 'leads'], roles: ['responder'], version: 1, active: true });
  });

  it('tells what somebody may let pass and is skilled in, where the policy says so', () => {
    const people = [
      { id: 'ana', name: 'Ana', roles: ['responder'], addresses: [], skills: ['fraud'], authority: [{ unit: 'EUR', up_to: 500 }] },
      { id: 'ben', name: 'Ben', roles: ['responder'], addresses: [] },
    ];
    const policy = aPolicy(['support'], { people, teams: [{ id: 'support', name: 'Support', members: ['ana', 'ben'] }] });
    const [ana, ben] = directoryEntries({ policy, version: 1 }, null, NOW);
    expect(ana).toMatchObject({ skills: ['fraud'], authority: [{ unit: 'EUR', up_to: 500 }] });
    expect(ben).not.toHaveProperty('skills');
  });

  it('tells the share of audits, where the policy wants some', () => {
    const told = (over: object) => directoryEntries({ policy: aPolicy(['support'], over), version: 1 }, null, NOW).at(-1);
    expect(told({ audit: { share: 0.05 } })).toMatchObject({ entry: 'policy', audit_share: 0.05 });
    expect(told({})).not.toHaveProperty('audit_share');
  });

  it('says once that somebody is gone', () => {
    const smaller = aPolicy([], {
      people: [{ id: 'ana', name: 'Ana', roles: [], addresses: [] }],
      teams: [{ id: 'support', name: 'Support', members: ['ana'] }],
      rules: [{ id: 'default', match: {}, levels: [{ name: 'One', target: { team: 'support' } }] }],
    });
    const gone = directoryEntries({ policy: smaller, version: 2 }, aPolicy(), NOW).filter(({ active }) => !active);
    expect(gone.map(({ id }) => id)).toEqual(['person:ben', 'person:chloe', 'team:leads', 'team:managers', 'team:nobody']);
    expect(directoryEntries({ policy: smaller, version: 3 }, smaller, NOW).every(({ active }) => active)).toBe(true);
  });
});
