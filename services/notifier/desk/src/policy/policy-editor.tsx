import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { use, useRef, useState, type ReactNode } from 'react';
import { hasStatus } from '../api/problem-error.js';
import { useApplyPolicy, usePolicyCheck, usePolicyDiff, type PolicyFault } from '../api/use-policy.js';
import { Absent, Section } from '../handoff/section.js';
import { ChangesTable } from '../json/changes-table.js';
import { Failure } from '../shell/failure.js';
import { MeContext } from '../shell/me-context.js';
import { ApplyDialog } from './apply-dialog.js';
import { GiveUpButton } from './give-up-button.js';
import { FaultList } from './fault-list.js';
import { OvertakenNotice } from './overtaken-notice.js';
import type { PolicyDraft } from './policy-draft.js';
import { PreviewSection } from './preview-section.js';
import { YamlEditor, type EditorHandle } from './yaml-editor.js';

const REST_MS = 400;
const NONE: readonly PolicyFault[] = [];

interface PolicyEditorProps {
  readonly draft: PolicyDraft;
  /** Null: it is applied or given up. */
  readonly onDraft: (draft: PolicyDraft | null) => void;
}

/** A policy is written, judged as it is written, tried, compared, and applied. */
export function PolicyEditor({ draft, onDraft }: PolicyEditorProps): ReactNode {
  const editor = useRef<EditorHandle>(null);
  const [begun] = useState(draft.text);
  const [text] = useDebouncedValue(draft.text, REST_MS);
  const [applying, setApplying] = useState(false);
  const check = usePolicyCheck(text);
  const isSound = check.data?.faults.length === 0 && text === draft.text;
  const diff = usePolicyDiff(isSound ? text : null, draft.basedOn);
  const apply = useApplyPolicy();
  const confirm = () =>
    apply.mutate(
      { text: draft.text, based_on: draft.basedOn },
      {
        onSuccess: ({ version }) => {
          notifications.show({
            message: `Version ${version} is in force.`,
            autoClose: 6000,
            closeButtonProps: { 'aria-label': 'Dismiss' },
          });
          onDraft(null);
        },
        onError: () => setApplying(false),
      },
    );
  const isOvertaken = hasStatus(apply.error, 409);
  return (
    <>
      <Section title="The policy" note={`Made of version ${draft.basedOn}`}>
        <YamlEditor
          ref={editor}
          label="The policy, as YAML"
          text={begun}
          onText={(next) => onDraft({ ...draft, text: next })}
          faults={check.data?.faults ?? NONE}
        />
        <FaultList check={check} onGoTo={(fault) => editor.current?.goTo(fault)} />
      </Section>
      {isOvertaken && <OvertakenNotice draft={draft} onGoOn={(basedOn) => (apply.reset(), onDraft({ ...draft, basedOn }))} />}
      <Section title={`What it changes of version ${draft.basedOn}`}>
        <Failure error={diff.error} />
        {!isSound && <Absent>It is compared once nothing is wrong with it.</Absent>}
        {diff.data?.length === 0 && <Absent>Nothing.</Absent>}
        {diff.data && <ChangesTable caption="What it changes" changes={diff.data} after="As written" />}
      </Section>
      <PreviewSection text={draft.text} />
      {!isOvertaken && <Failure error={apply.error} title="Not applied" />}
      <Group>
        <ApplyButton isReady={isSound && (diff.data?.length ?? 0) > 0 && !isOvertaken} onClick={() => setApplying(true)} />
        <GiveUpButton isChanged={draft.text !== begun} onGiveUp={() => onDraft(null)} />
      </Group>
      {applying && diff.data && (
        <ApplyDialog
          changes={diff.data}
          basedOn={draft.basedOn}
          isPending={apply.isPending}
          onConfirm={confirm}
          onClose={() => setApplying(false)}
        />
      )}
    </>
  );
}

function ApplyButton({ isReady, onClick }: { readonly isReady: boolean; readonly onClick: () => void }): ReactNode {
  const mayApply = use(MeContext)?.roles.includes('admin') ?? false;
  if (!mayApply) return <p>Only admins apply a policy; show it to one of them.</p>;
  return (
    <Button disabled={!isReady} onClick={onClick}>
      Apply it
    </Button>
  );
}
