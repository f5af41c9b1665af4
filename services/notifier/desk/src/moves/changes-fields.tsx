import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeskDetail, MoveRequest } from '../api/desk-types.js';

/** As the contract has it. */
const MOST_CHARACTERS = 300;

interface ChangesFieldsProps {
  readonly detail: DeskDetail;
  readonly request: MoveRequest;
  readonly onRequest: (request: MoveRequest) => void;
}

/** One field for each criterion; what is left empty is as it should be. */
export function ChangesFields({ detail, request, onRequest }: ChangesFieldsProps): ReactNode {
  const changes = request.changes ?? [];
  const textOf = (id: string) => changes.find((it) => it.criterion_id === id)?.text ?? '';
  const write = (id: string, text: string) => {
    const others = changes.filter((it) => it.criterion_id !== id);
    onRequest({ ...request, changes: text === '' ? others : [...others, { criterion_id: id, text }] });
  };
  return (detail.packet.delegation?.success_criteria ?? []).map(({ id, text }) => (
    <Textarea
      key={id}
      label={text}
      description="What it lacks (optional)"
      autosize
      maxRows={6}
      maxLength={MOST_CHARACTERS}
      value={textOf(id)}
      onChange={({ currentTarget }) => write(id, currentTarget.value)}
    />
  ));
}
