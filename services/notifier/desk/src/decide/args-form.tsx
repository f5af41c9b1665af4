import type { JsonObject } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { Absent } from '../handoff/section.js';
import { ArgInput } from './arg-input.js';
import { fieldsOf, type ArgField } from './args-fields.js';
import classes from './args-form.module.css';

interface ArgsFormProps {
  readonly args: JsonObject;
  readonly masked: ReadonlySet<string>;
  readonly edits: ReadonlyMap<string, string>;
  readonly faults: ReadonlyMap<string, string>;
  readonly onEdits: (edits: ReadonlyMap<string, string>) => void;
}

/** One field per argument. There is no submit: Enter in a field must not decide anything. */
export function ArgsForm({ args, masked, edits, faults, onEdits }: ArgsFormProps): ReactNode {
  const fields = fieldsOf(args);
  if (fields.length === 0) return <Absent>The action has no arguments to edit.</Absent>;
  return (
    <fieldset className={classes.form}>
      <legend className="desk-hidden">Arguments</legend>
      {fields.map((field) => (
        <div key={field.name} className={isLong(field) ? classes.long : undefined}>
          <ArgInput
            field={field}
            masked={masked.has(field.name)}
            text={edits.get(field.name) ?? field.text}
            fault={faults.get(field.name)}
            onText={(text) => onEdits(new Map([...edits, [field.name, text]]))}
          />
        </div>
      ))}
    </fieldset>
  );
}

const isLong = ({ text }: ArgField): boolean => text.length > 40 || text.includes('\n');
