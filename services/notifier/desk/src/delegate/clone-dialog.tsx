import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAddTemplate, type Template } from '../api/use-delegations.js';
import { faultsOf } from '../api/problem-error.js';
import { Dialog } from '../shell/dialog.js';
import { FormFailure } from '../shell/failure.js';
import { routeToPage } from '../shell/read-route.js';
import type { Draft } from './draft.js';
import { Fault } from './fault.js';
import { templateOf } from './template-of.js';

interface CloneDialogProps {
  readonly template: Template;
  readonly draft: Draft;
  readonly onClose: () => void;
}

/** What was changed of the template is in the copy; the one that it is made from stays as it is. */
export function CloneDialog({ template, draft, onClose }: CloneDialogProps): ReactNode {
  const [named, setNamed] = useState({ id: `our-${template.id}`.slice(0, 64), name: `Our ${template.name}`, about: template.about });
  const add = useAddTemplate();
  const faults = faultsOf(add.error);
  const isOwn = faults.filter(({ path }) => !(path in named));
  const open = ({ id }: Template) => {
    onClose();
    window.location.hash = routeToPage('delegate', new URLSearchParams({ template: id }));
  };
  return (
    <Dialog title="A template of your own" onClose={onClose}>
      <Stack gap="sm">
        <p>
          It has what you changed of {template.name}, and is there for everybody who gives tasks. The same id again is its next version.
        </p>
        <TextInput
          data-autofocus
          label="Id"
          description="Small letters, digits and hyphens"
          maxLength={64}
          value={named.id}
          error={Fault({ faults, path: 'id' })}
          onChange={({ currentTarget }) => setNamed({ ...named, id: currentTarget.value })}
        />
        <TextInput
          label="Name"
          maxLength={200}
          value={named.name}
          error={Fault({ faults, path: 'name' })}
          onChange={({ currentTarget }) => setNamed({ ...named, name: currentTarget.value })}
        />
        <Textarea
          label="What it is for"
          autosize
          maxRows={6}
          value={named.about}
          error={Fault({ faults, path: 'about' })}
          onChange={({ currentTarget }) => setNamed({ ...named, about: currentTarget.value })}
        />
        {isOwn.map(({ path, message }) => (
          <p key={path}>
            {path}: {message}
          </p>
        ))}
        <FormFailure error={add.error} />
        <Group>
          <Button loading={add.isPending} onClick={() => add.mutate({ ...templateOf(draft, template), ...named }, { onSuccess: open })}>
            Keep it
          </Button>
          <Button variant="default" disabled={add.isPending} onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
