import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FormProps } from '@rjsf/core';
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  BaseInputTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  WidgetProps,
  WrapIfAdditionalTemplateProps,
} from '@rjsf/utils';
import type { ReactNode } from 'react';
import { MASKED_WORDS } from '../decide/masked-args.js';
import { PacketLine } from '../text/packet-text.js';
import { hasHidden } from '../text/split-hidden.js';
import { fromLocalField, toLocalField } from '../time/local-field.js';
import classes from './form.module.css';

/** Titles, descriptions and choices are the agent's, so they come to the page as packet text does. */
const said = (text: unknown): ReactNode => (typeof text === 'string' && text !== '' ? <PacketLine text={text} /> : undefined);

const partsOf = ({ id, label, schema, value, required, disabled, rawErrors }: WidgetProps<unknown>) => ({
  id,
  label: said(label) ?? 'Value',
  withAsterisk: required ?? false,
  disabled: disabled ?? false,
  description: (
    <>
      {disabled ? MASKED_WORDS : said(schema.description)}
      {typeof value === 'string' && hasHidden(value) && <> With hidden characters: {said(value)}</>}
    </>
  ),
  error: rawErrors?.length ? <PacketLine text={rawErrors.join(' ')} /> : undefined, // it may quote what was in the field
});

type Typed = { readonly currentTarget: { readonly value: string } };

/** Text and numbers; the form itself turns what is typed into a number where one is wanted. */
function Input(props: BaseInputTemplateProps<unknown>): ReactNode {
  const { value, schema, onChange, onBlur, id } = props;
  const isText = schema.type === 'string';
  const shared = {
    ...partsOf(props),
    value: value === undefined || value === null ? '' : String(value),
    onChange: ({ currentTarget }: Typed) => onChange(currentTarget.value === '' && !isText ? undefined : currentTarget.value),
    onBlur: () => onBlur(id, value),
  };
  return isText ? (
    <Textarea {...shared} autosize minRows={1} maxRows={10} />
  ) : (
    <TextInput {...shared} inputMode="decimal" autoComplete="off" />
  );
}

/** A day and a time of the reader's zone; what says more than that, as seconds, is shown as it is written. */
function Instant(props: WidgetProps<unknown>): ReactNode {
  const { value, onChange } = props;
  const written = typeof value === 'string' ? value : '';
  const isWhole = written === '' || Date.parse(fromLocalField(toLocalField(written))) === Date.parse(written);
  if (!isWhole) return <Input {...(props as BaseInputTemplateProps<unknown>)} />;
  return (
    <TextInput
      {...partsOf(props)}
      type="datetime-local"
      value={toLocalField(written)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : fromLocalField(currentTarget.value))}
    />
  );
}

const Toggle = (props: WidgetProps<unknown>): ReactNode => (
  <Checkbox {...partsOf(props)} checked={props.value === true} onChange={({ currentTarget }) => props.onChange(currentTarget.checked)} />
);

/** The agent's own choices, by their position: two may be written alike and be of different types. */
function Choice(props: WidgetProps<unknown>): ReactNode {
  const { options, value, onChange } = props;
  const choices = options.enumOptions ?? [];
  const chosen = choices.findIndex((it) => JSON.stringify(it.value) === JSON.stringify(value));
  const data = choices.map(({ label }, at) => ({ value: String(at), label }));
  return (
    <NativeSelect
      {...partsOf(props)}
      value={String(chosen)}
      onChange={({ currentTarget }) => onChange(choices[Number(currentTarget.value)]?.value)}
      data={chosen === -1 ? [{ value: '-1', label: 'Choose' }, ...data] : data}
    />
  );
}

const Part = ({ children, hidden }: FieldTemplateProps<unknown>): ReactNode =>
  hidden ? null : <div className={classes.part}>{children}</div>;

/** Fields of one object; the whole is named by the panel around it. */
function Fields({ title, description, properties, fieldPathId }: ObjectFieldTemplateProps<unknown>): ReactNode {
  const isWhole = fieldPathId.path.length === 0;
  return (
    <fieldset className={isWhole ? classes.fields : `${classes.fields} ${classes.inner}`}>
      <legend className={isWhole ? 'desk-hidden' : undefined}>{isWhole ? 'Fields' : (said(title) ?? 'Item')}</legend>
      {!isWhole && said(description)}
      {properties.map(({ content }) => content)}
    </fieldset>
  );
}

const Items = ({ title, items, canAdd, onAddClick, rawErrors }: ArrayFieldTemplateProps<unknown>): ReactNode => (
  <fieldset className={`${classes.fields} ${classes.inner}`}>
    <legend>{said(title) ?? 'List'}</legend>
    {rawErrors?.map((fault) => (
      <p key={fault} className={classes.fault}>
        {said(fault)}
      </p>
    ))}
    {items}
    {canAdd && (
      <Button size="compact-sm" variant="default" onClick={onAddClick}>
        Add one
      </Button>
    )}
  </fieldset>
);

const Item = ({ children, buttonsProps, hasToolbar, index }: ArrayFieldItemTemplateProps<unknown>): ReactNode => (
  <div className={classes.item}>
    {children}
    {hasToolbar && buttonsProps.hasRemove && (
      <Button size="compact-sm" variant="subtle" onClick={buttonsProps.onRemoveItem} aria-label={`Remove item ${index + 1}`}>
        Remove
      </Button>
    )}
  </div>
);

/** Arguments beyond the schema keep their names. */
const Additional = ({ children }: WrapIfAdditionalTemplateProps<unknown>): ReactNode => <>{children}</>;

export const templates: FormProps<unknown>['templates'] = {
  BaseInputTemplate: Input,
  FieldTemplate: Part,
  ObjectFieldTemplate: Fields,
  ArrayFieldTemplate: Items,
  ArrayFieldItemTemplate: Item,
  WrapIfAdditionalTemplate: Additional,
};

export const widgets: FormProps<unknown>['widgets'] = {
  CheckboxWidget: Toggle,
  SelectWidget: Choice,
  RadioWidget: Choice,
  TextareaWidget: Input,
  EmailWidget: Input,
  URLWidget: Input,
  DateWidget: Input,
  DateTimeWidget: Instant,
  TimeWidget: Input,
  UpDownWidget: Input,
  PasswordWidget: Input,
};
