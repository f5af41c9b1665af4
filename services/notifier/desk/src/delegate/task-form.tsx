import { Button, Group } from '@mantine/core';
import type { Packet } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import { useDelegate, usePreviewed, type Delegated, type Template } from '../api/use-delegations.js';
import { faultsOf } from '../api/problem-error.js';
import { useMayLead } from '../shell/me-context.js';
import { CloneDialog } from './clone-dialog.js';
import { CriteriaFields } from './criteria-fields.js';
import { ConstraintFields } from './constraint-fields.js';
import { delegationOf, emptyDraft, shownOf, type Draft } from './draft.js';
import { FaultNotice } from './fault-notice.js';
import { GivenNotice } from './given-notice.js';
import { GoalFields } from './goal-fields.js';
import { InputFields } from './input-fields.js';
import { newTaskId } from './new-task-id.js';
import { TaskPreview } from './task-preview.js';
import { WhoFields } from './who-fields.js';

interface TaskFormProps {
  readonly template: Template | null;
}

/** Filled in, then looked at as everybody would read it, then given: intake judges it each time, and says what is wrong at its field. */
export function TaskForm({ template }: TaskFormProps): ReactNode {
  const begin = () => emptyDraft(newTaskId(template?.id ?? 'task'), template);
  const [draft, setDraft] = useState(begin);
  const [packet, setPacket] = useState<Packet | null>(null);
  const [given, setGiven] = useState<Delegated | null>(null);
  const preview = usePreviewed();
  const delegate = useDelegate();
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const anew = () => {
    setDraft(begin());
    setPacket(null);
    setGiven(null);
  };
  if (given) return <GivenNotice given={given} onAnother={anew} />;
  if (packet)
    return (
      <TaskPreview
        packet={packet}
        isGiving={delegate.isPending}
        error={delegate.error}
        onGive={() => delegate.mutate(delegationOf(draft, template), { onSuccess: setGiven })}
        onChange={() => setPacket(null)}
      />
    );
  const fields = { draft, shown: shownOf(draft, template), faults: faultsOf(preview.error), onChange: change };
  return (
    <>
      {template && <InputFields template={template} {...fields} />}
      <GoalFields hasTemplate={template !== null} {...fields} />
      <CriteriaFields {...fields} />
      <ConstraintFields {...fields} />
      <WhoFields {...fields} />
      <FaultNotice error={preview.error} />
      <Group>
        <Button loading={preview.isPending} onClick={() => preview.mutate(delegationOf(draft, template), { onSuccess: setPacket })}>
          Preview it
        </Button>
        {template && <KeepAsOwn template={template} draft={draft} />}
      </Group>
    </>
  );
}

/** Leads and admins alone make templates; intake judges it again. */
function KeepAsOwn({ template, draft }: { readonly template: Template; readonly draft: Draft }): ReactNode {
  const mayLead = useMayLead();
  const [opened, setOpened] = useState(false);
  if (!mayLead) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Keep as a template
      </Button>
      {opened && <CloneDialog template={template} draft={draft} onClose={() => setOpened(false)} />}
    </>
  );
}
