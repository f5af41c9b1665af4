import { Switch } from '@mantine/core';
import { Suspense, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { SchemaForm } from '../form/lazy-schema-form.js';
import { Absent } from '../handoff/section.js';
import type { Draft, DraftFaults } from './check-draft.js';
import { responseSchemaOf } from './draft-schemas.js';

interface ResponseFieldsProps {
  readonly detail: DeskDetail;
  readonly draft: Draft;
  readonly faults: DraftFaults;
  readonly onDraft: (draft: Draft) => void;
  /** The message in words. */
  readonly words: ReactNode;
}

/** A response by the form that the agent's schema makes, or in words. */
export function ResponseFields({ detail, draft, faults, onDraft, words }: ResponseFieldsProps): ReactNode {
  const schema = responseSchemaOf(detail.packet);
  if (!schema) return words;
  return (
    <>
      <Switch
        label="Answer in words instead"
        description="The agent has a form for its answer."
        checked={draft.inWords}
        onChange={({ currentTarget }) => onDraft({ ...draft, inWords: currentTarget.checked })}
      />
      {draft.inWords ? (
        words
      ) : (
        <Suspense fallback={<Absent>Loading the form…</Absent>}>
          <SchemaForm
            schema={schema}
            value={draft.response}
            faults={faults.response}
            onValue={(response) => onDraft({ ...draft, response })}
            instead={words}
          />
        </Suspense>
      )}
    </>
  );
}
