import { Button, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { useDirectory } from '../api/use-desk.js';
import { faultAt } from '../shell/failure.js';
import { routeToPage } from '../shell/read-route.js';
import { AUDIT_FIELDS, filterOf, queryOf, type AuditFilter } from './audit-filter.js';
import classes from './audit.module.css';

interface AuditFormProps {
  /** What is shown, by the page's address, so that it can be gone back to and passed on. */
  readonly filter: URLSearchParams;
  readonly error: Error | null;
  /** The same is asked once more. */
  readonly onAgain: () => void;
}

const FIELDS: Readonly<Record<keyof AuditFilter, { readonly label: string; readonly type?: 'datetime-local' }>> = {
  handoff_id: { label: 'Handoff' },
  subject: { label: 'Person' },
  since: { label: 'From', type: 'datetime-local' },
  before: { label: 'Before', type: 'datetime-local' },
};

/** Which part of the log is shown. */
export function AuditForm({ filter, error, onAgain }: AuditFormProps): ReactNode {
  const [typed, setTyped] = useState(() => filterOf(filter));
  const people = useDirectory().data?.people ?? [];
  const known = useId();
  const show = (event: FormEvent) => {
    event.preventDefault();
    const query = queryOf(typed);
    if (String(query) === String(filter)) onAgain();
    else window.location.hash = routeToPage('audit', query);
  };
  return (
    <form className={classes.form} onSubmit={show} aria-label="What to show">
      {AUDIT_FIELDS.map((field) => (
        <TextInput
          key={field}
          {...FIELDS[field]}
          list={field === 'subject' ? known : undefined}
          autoComplete="off"
          value={typed[field]}
          error={faultAt(error, field)}
          onChange={({ currentTarget }) => setTyped({ ...typed, [field]: currentTarget.value })}
        />
      ))}
      <datalist id={known}>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      <Button type="submit">Show</Button>
    </form>
  );
}
