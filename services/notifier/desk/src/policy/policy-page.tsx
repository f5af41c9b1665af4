import { Button, Group, NativeSelect } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { usePolicies, usePolicy, usePolicyDiff, type PolicyLine, type PolicyVersion } from '../api/use-policy.js';
import { Absent, Section } from '../handoff/section.js';
import { ChangesTable } from '../json/changes-table.js';
import { Failure } from '../shell/failure.js';
import { Person } from '../shell/me-context.js';
import { queryIn, routeToPage } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { formatSpan } from '../time/format-span.js';
import { usePolicyDraft } from './policy-draft.js';
import { PreviewSection } from './preview-section.js';
import { RuleLadder } from './rule-ladder.js';

/** Loaded when something is to be changed: most only look. */
const PolicyEditor = lazy(async () => ({ default: (await import('./policy-editor.js')).PolicyEditor }));

/** Who is asked, in which order, and for how long; what it was before; and how it is changed. */
export function PolicyPage(): ReactNode {
  const asked = Number(queryIn(useHash()).get('version'));
  const current = usePolicy('current');
  const shown = usePolicy(asked > 0 ? asked : 'current');
  const [draft, setDraft] = usePolicyDraft();
  const policy = shown.data;
  if (draft)
    return (
      <Subpage title="Change the policy">
        <Suspense fallback={<Absent>Loading the editor…</Absent>}>
          <PolicyEditor draft={draft} onDraft={setDraft} />
        </Suspense>
      </Subpage>
    );
  return (
    <Subpage title="Policy">
      <Failure error={shown.error} title="This could not be loaded" />
      {shown.isPending && <Absent>Loading…</Absent>}
      {policy && (
        <>
          <Versions policy={policy} current={current.data?.version ?? null} />
          <Group>
            <Button onClick={() => setDraft({ text: policy.text, basedOn: current.data?.version ?? policy.version })}>Change it</Button>
          </Group>
          {policy.rules.map((rule, index) => (
            <RuleLadder key={rule.id} rule={rule} number={index + 1} />
          ))}
          <PreviewSection text={policy.version === current.data?.version ? null : policy.text} />
        </>
      )}
    </Subpage>
  );
}

interface VersionsProps {
  readonly policy: PolicyVersion;
  /** Null until it is known. */
  readonly current: number | null;
}

/** Which version is shown, whose it is, and what it changed of another one. */
function Versions({ policy, current }: VersionsProps): ReactNode {
  const versions = usePolicies();
  const lines = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  const [against, setAgainst] = useState(0);
  const diff = usePolicyDiff(against > 0 ? policy.text : null, against > 0 ? against : null);
  const inForce = policy.version === current;
  return (
    <Section
      title={inForce ? `Version ${policy.version}, in force` : `Version ${policy.version}, an earlier one`}
      note={<PacketLine text={policy.name} />}
    >
      <p>
        <Whence line={policy} />. The SLA is {formatSpan(policy.sla.critical)} where it is critical, {formatSpan(policy.sla.normal)} where
        it is normal.
      </p>
      <Group align="end">
        <NativeSelect
          label="Show"
          value={String(policy.version)}
          data={choicesOf(lines, policy, current)}
          onChange={({ currentTarget }) => show(Number(currentTarget.value), current)}
        />
        <NativeSelect
          label="What changed since"
          value={String(against)}
          data={[
            { value: '0', label: 'Choose a version' },
            ...choicesOf(lines, policy, current).filter(({ value }) => value !== String(policy.version)),
          ]}
          onChange={({ currentTarget }) => setAgainst(Number(currentTarget.value))}
        />
        {versions.hasNextPage && (
          <Button variant="default" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
            Earlier versions
          </Button>
        )}
      </Group>
      <Failure error={diff.error ?? versions.error} />
      {diff.data && diff.data.length === 0 && <Absent>Nothing.</Absent>}
      {diff.data && (
        <ChangesTable caption={`What changed since version ${against}`} changes={diff.data} after={`Version ${policy.version}`} />
      )}
    </Section>
  );
}

const Whence = ({ line: { source, loaded_by, loaded_at } }: { readonly line: PolicyLine }): ReactNode => (
  <>
    {source === 'file' ? 'Read from the file' : 'Applied'}
    {loaded_by && (
      <>
        {' by '}
        <Person id={loaded_by} />
      </>
    )}
    , {formatInstant(loaded_at)}
  </>
);

function choicesOf(lines: readonly PolicyLine[], policy: PolicyLine, current: number | null) {
  const all = lines.some(({ version }) => version === policy.version) ? lines : [policy, ...lines];
  return all.map(({ version, loaded_at }) => ({
    value: String(version),
    label: `${version}${version === current ? ' (in force)' : ''}, ${formatInstant(loaded_at)}`,
  }));
}

function show(version: number, current: number | null): void {
  window.location.hash = routeToPage('policy', version === current ? undefined : new URLSearchParams({ version: String(version) }));
}
