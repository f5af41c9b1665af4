import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTemplate, useTemplates } from '../api/use-delegations.js';
import { Absent, Section } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { queryIn, routeToPage } from '../shell/read-route.js';
import { Subpage } from '../shell/subpage.js';
import { useHash } from '../shell/use-route.js';
import { PacketLine } from '../text/packet-text.js';
import { TaskForm } from './task-form.js';

/** A person writes down what an agent is to do: by a template, or in her own words. */
export function DelegatePage(): ReactNode {
  const id = queryIn(useHash()).get('template') ?? '';
  const template = useTemplate(id);
  return (
    <Subpage title="Give an agent a task">
      <TemplateChoice id={id} />
      <Failure error={template.error} title="This template could not be loaded" />
      {id !== '' && template.isPending && <Absent>Loading the template…</Absent>}
      {id === '' && <TaskForm key="own" template={null} />}
      {template.data && <TaskForm key={`${template.data.id} ${template.data.version}`} template={template.data} />}
    </Subpage>
  );
}

function TemplateChoice({ id }: { readonly id: string }): ReactNode {
  const templates = useTemplates();
  const chosen = templates.data?.find((it) => it.id === id);
  return (
    <Section title="What kind of task">
      <NativeSelect
        label="Template"
        value={id}
        data={[
          { value: '', label: templates.isPending ? 'Loading…' : 'None: in your own words' },
          ...(templates.data ?? []).map((it) => ({ value: it.id, label: it.name })),
        ]}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {chosen && (
        <p>
          <PacketLine text={chosen.about} />
        </p>
      )}
      <Failure error={templates.error} title="The templates could not be loaded" />
    </Section>
  );
}

function choose(template: string): void {
  window.location.hash = routeToPage('delegate', template === '' ? undefined : new URLSearchParams({ template }));
}
