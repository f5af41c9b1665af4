import { DEFAULT_TENANT, type DirectoryEntry } from '@handoff/contracts';
import type { Policy, PolicyVersion } from './policy.js';

/** Everybody and everything that a policy version names, and, once, what the version before named and this one does not. */
export function directoryEntries({ policy, version }: PolicyVersion, before: Policy | null, changedAt: Date): readonly DirectoryEntry[] {
  const entries = entriesOf(policy, version, changedAt);
  const named = new Set(entries.map(({ id }) => id));
  const gone = before ? entriesOf(before, version, changedAt).filter(({ id }) => !named.has(id)) : [];
  return [...entries, ...gone.map((entry) => ({ ...entry, active: false }))];
}

function entriesOf(policy: Policy, version: number, changedAt: Date): readonly DirectoryEntry[] {
  const common = { tenant: DEFAULT_TENANT, version, active: true, changed_at: changedAt.toISOString() };
  const { people, teams, auditShare } = policy;
  return [
    ...people.map(({ id, name, roles, addresses, authority, skills }) => {
      const member = teams.filter(({ members }) => members.includes(id)).map((team) => team.id);
      return {
        ...common,
        id: `person:${id}`,
        entry: 'person' as const,
        name,
        roles,
        teams: member,
        addresses,
        ...(authority ? { authority } : {}),
        ...(skills ? { skills } : {}),
      };
    }),
    ...teams.map(({ id, name }) => ({ ...common, id: `team:${id}`, entry: 'team' as const, name })),
    {
      ...common,
      id: `policy:${policy.id}`,
      entry: 'policy',
      name: policy.name,
      ...(auditShare === undefined ? {} : { audit_share: auditShare }),
    },
  ];
}
