import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { previewJson, type JsonType } from '../json/describe-json.js';
import { PacketLine } from '../text/packet-text.js';
import { hasHidden } from '../text/split-hidden.js';
import classes from './arg-input.module.css';
import type { ArgField } from './args-fields.js';
import { MASKED_WORDS } from './masked-args.js';

interface ArgInputProps {
  readonly field: ArgField;
  readonly masked: boolean;
  readonly text: string;
  readonly fault: string | undefined;
  readonly onText: (text: string) => void;
}

const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'Text',
  number: 'Number',
  boolean: 'True or false',
  null: 'Null; any JSON value may take its place',
  object: 'Object, as JSON',
  list: 'List, as JSON',
};

export function ArgInput({ field, masked, text, fault, onText }: ArgInputProps): ReactNode {
  const shared = {
    label: <PacketLine text={field.name} />,
    description: masked ? MASKED_WORDS : <ArgNote field={field} text={text} />,
    disabled: masked,
    error: fault === undefined ? undefined : <PacketLine text={fault} />, // it may quote what was in the field
    value: text,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onText(event.currentTarget.value),
  };
  switch (field.type) {
    case 'boolean':
      return <NativeSelect {...shared} data={['true', 'false']} />;
    case 'number':
      return <TextInput {...shared} inputMode="decimal" autoComplete="off" />;
    default:
      return (
        <Textarea
          {...shared}
          autosize
          minRows={1}
          maxRows={10}
          spellCheck={field.type === 'string'}
          classNames={field.type === 'string' ? undefined : { input: classes.json }}
        />
      );
  }
}

/** Its type, what it was before an edit, and what a field cannot show: characters that are not seen. */
function ArgNote({ field, text }: { readonly field: ArgField; readonly text: string }): ReactNode {
  return (
    <>
      {TYPE_WORDS[field.type]}
      {text !== field.text && (
        <>
          {'. Changed from: '}
          <PacketLine text={previewJson(field.original) || 'empty text'} />
        </>
      )}
      {hasHidden(text) && (
        <>
          {'. With hidden characters: '}
          <PacketLine text={text} />
        </>
      )}
    </>
  );
}
