import Form from '@rjsf/core/lib/components/Form.js'; // the library's index wants a validator that needs eval
import type { Json, JsonObject } from '@handoff/contracts';
import { Component, useMemo, type ReactNode } from 'react';
import classes from './form.module.css';
import { templates, widgets } from './form-parts.js';
import { nestByPath } from './nest-by-path.js';
import { errorsByPath, schemaValidator } from './schema-validator.js';

interface SchemaFormProps {
  readonly schema: JsonObject;
  readonly value: Json;
  readonly faults: ReadonlyMap<string, string>;
  /** Paths of what stays as it is. */
  readonly kept?: ReadonlySet<string>;
  readonly onValue: (value: Json) => void;
  /** In place of a form that the agent's schema does not make. */
  readonly instead: ReactNode;
}

const KEPT = { 'ui:disabled': true };
const NONE: ReadonlySet<string> = new Set();
const UI = { 'ui:submitButtonOptions': { norender: true }, 'ui:options': { label: false } };
/** Nothing is filled in by itself: what a person did not touch stays as the agent sent it. */
const NO_DEFAULTS = { emptyObjectFields: 'skipDefaults', arrayMinItems: { populate: 'never' } } as const;

/** A form from an agent's own schema. It has no submit: Enter in a field must not decide anything. */
export function SchemaForm({ schema, value, faults, kept = NONE, onValue, instead }: SchemaFormProps): ReactNode {
  const extraErrors = useMemo(() => errorsByPath(faults), [faults]);
  const ui = useMemo(() => ({ ...UI, ...nestByPath([...kept].map((path) => [path, KEPT])) }), [kept]);
  return (
    <OrInstead instead={instead}>
      <Form<unknown>
        tagName="div"
        className={classes.form}
        idPrefix="arg"
        schema={schema}
        uiSchema={ui}
        formData={value ?? undefined}
        validator={schemaValidator}
        templates={templates}
        widgets={widgets}
        extraErrors={extraErrors}
        experimental_defaultFormStateBehavior={NO_DEFAULTS}
        showErrorList={false}
        onChange={({ formData }) => onValue((formData ?? null) as Json)}
      />
    </OrInstead>
  );
}

interface OrInsteadProps {
  readonly instead: ReactNode;
  readonly children: ReactNode;
}

/** An agent may send as a schema what is none. */
class OrInstead extends Component<OrInsteadProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}
