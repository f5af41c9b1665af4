import { Suspense, useMemo, type ReactNode } from 'react';
import { isObject } from '../json/describe-json.js';
import type { DeskDetail } from '../api/desk-types.js';
import { Absent } from '../handoff/section.js';
import { SchemaForm } from '../form/lazy-schema-form.js';
import { ArgsForm } from './args-form.js';
import type { Draft, DraftFaults } from './check-draft.js';
import { argsSchemaOf } from './draft-schemas.js';
import { maskedArgs } from './masked-args.js';

interface EditFieldsProps {
  readonly detail: DeskDetail;
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onDraft: (draft: Draft) => void;
}

/** The arguments by the form that the agent's schema makes; without one, a field for each, which keeps its type. */
export function EditFields({ detail, draft, faults, onDraft }: EditFieldsProps): ReactNode {
  const { args } = detail.packet.recommended_action;
  const schema = argsSchemaOf(detail.packet);
  const masked = useMemo(() => maskedArgs(detail.masked), [detail.masked]);
  const fields = (
    <ArgsForm args={args} masked={masked} edits={draft.edits} faults={faults.args} onEdits={(edits) => onDraft({ ...draft, edits })} />
  );
  if (!schema) return fields;
  return (
    <Suspense fallback={<Absent>Loading the form…</Absent>}>
      <SchemaForm
        schema={schema}
        value={draft.args ?? args}
        faults={faults.args}
        kept={masked}
        onValue={(value) => isObject(value) && onDraft({ ...draft, args: value })}
        instead={fields}
      />
    </Suspense>
  );
}
