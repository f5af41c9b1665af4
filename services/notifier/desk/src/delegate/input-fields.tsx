import { Suspense, type ReactNode } from 'react';
import type { Template } from '../api/use-delegations.js';
import { SchemaForm } from '../form/lazy-schema-form.js';
import { Absent, Section } from '../handoff/section.js';
import { isObject } from '../json/describe-json.js';
import type { FieldProps } from './field-props.js';
import { inputFaults } from './form-faults.js';

/** What tasks of this kind differ in: the form that the template's schema makes. */
export function InputFields({ template, draft, faults, onChange }: FieldProps & { readonly template: Template }): ReactNode {
  return (
    <Section title="What it is about">
      <Suspense fallback={<Absent>Loading the form…</Absent>}>
        <SchemaForm
          schema={template.inputs}
          value={draft.inputs}
          faults={inputFaults(faults)}
          onValue={(inputs) => isObject(inputs) && onChange({ inputs })}
          instead={<Absent>This template makes no form. Ask whoever made it.</Absent>}
        />
      </Suspense>
    </Section>
  );
}
