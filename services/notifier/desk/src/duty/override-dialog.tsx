import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { use, useState, type ReactNode } from 'react';
import { useDirectory } from '../api/use-desk.js';
import { useOverride } from '../api/use-duty.js';
import { Dialog } from '../shell/dialog.js';
import { Failure } from '../shell/failure.js';
import { MeContext } from '../shell/me-context.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import { formatMoment, localZone } from '../time/format-instant.js';
import { fromLocalField, toLocalField } from '../time/local-field.js';
import { choicesOf, faultOf, type OverrideDraft } from './override-draft.js';

const MOST_CHARACTERS = 300;

interface OverrideDialogProps {
  readonly draft: OverrideDraft;
  readonly onClose: () => void;
}

/** Who is on duty instead, from when, until when: by fields, whether it was drawn on the track before or not. */
export function OverrideDialog({ draft: drawn, onClose }: OverrideDialogProps): ReactNode {
  const [draft, setDraft] = useState(drawn);
  const [fault, setFault] = useState<string | null>(null);
  const override = useOverride();
  const change = (changes: Partial<OverrideDraft>) => setDraft({ ...draft, ...changes });
  const confirm = () => {
    const wrong = faultOf(draft);
    setFault(wrong);
    const { schedule, person, from, until, note, instead } = draft;
    if (wrong === null)
      override.mutate({ schedule: schedule.id, person, from, until, instead, ...(note === '' ? {} : { note }) }, { onSuccess: onClose });
  };
  return (
    <Dialog title={draft.instead ? 'Change the override' : 'Somebody else on duty'} onClose={onClose}>
      <Stack gap="sm">
        <p>
          <PacketLine text={draft.schedule.name} />: whoever is chosen is asked instead of whom the schedule names, from then on. What has
          been asked already stays where it is.
        </p>
        <PersonField draft={draft} onPerson={(person) => change({ person })} />
        <InstantField label="From" value={draft.from} zone={draft.schedule.time_zone} onInstant={(from) => change({ from })} />
        <InstantField label="Until" value={draft.until} zone={draft.schedule.time_zone} onInstant={(until) => change({ until })} />
        <TextInput
          label="Why (optional)"
          maxLength={MOST_CHARACTERS}
          value={draft.note}
          onChange={({ currentTarget }) => change({ note: currentTarget.value })}
        />
        {fault && <Notice tone="danger" title={fault} live />}
        <Failure error={override.error} />
        <Group>
          <Button loading={override.isPending} onClick={confirm}>
            {draft.instead ? 'Change it' : 'Put it in'}
          </Button>
          <Button variant="default" disabled={override.isPending} onClick={onClose}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function PersonField({ draft, onPerson }: { readonly draft: OverrideDraft; readonly onPerson: (person: string) => void }): ReactNode {
  const me = use(MeContext);
  const directory = useDirectory();
  const choices = me ? choicesOf(directory.data?.people ?? [], draft, me) : [];
  return (
    <NativeSelect
      data-autofocus
      label="Who"
      value={draft.person}
      data={[
        { value: '', label: directory.isPending ? 'Loading…' : 'Choose' },
        ...choices.map(({ id, name }) => ({ value: id, label: id === me?.subject ? `${name} (you)` : name })),
      ]}
      onChange={({ currentTarget }) => onPerson(currentTarget.value)}
    />
  );
}

interface InstantFieldProps {
  readonly label: string;
  readonly value: string;
  /** The schedule's; said beside where it is not the reader's. */
  readonly zone: string;
  readonly onInstant: (instant: string) => void;
}

function InstantField({ label, value, zone, onInstant }: InstantFieldProps): ReactNode {
  const at = Date.parse(value);
  const beside = zone !== localZone() && !Number.isNaN(at) ? `${formatMoment(at, zone)} in ${zone}` : null;
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={beside}
      value={toLocalField(value)}
      onChange={({ currentTarget }) => onInstant(fromLocalField(currentTarget.value))}
    />
  );
}
