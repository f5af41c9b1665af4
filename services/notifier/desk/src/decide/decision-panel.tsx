import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DecisionRequest, DeskDetail } from '../api/desk-types.js';
import { useKeys } from '../keys/use-keys.js';
import { PacketLine } from '../text/packet-text.js';
import { AlsoAnswer } from './also-answer.js';
import { AskingQuestion } from './asking-question.js';
import { checkDraft, NO_FAULTS, type Draft } from './check-draft.js';
import { DecisionError } from './decision-error.js';
import { DecisionEffect } from './decision-effect.js';
import classes from './decision-panel.module.css';
import { DECISION_WORDS } from './decision-words.js';
import { EditFields } from './edit-fields.js';
import { maskedArgs } from './masked-args.js';
import { ResponseFields } from './response-fields.js';
import { serverFaults } from './server-faults.js';
import { VersionNotice } from './version-notice.js';

interface DecisionPanelProps {
  readonly detail: DeskDetail;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onRestart: () => void;
  readonly onCancel: () => void;
  readonly onConfirm: (request: DecisionRequest) => void;
  readonly pending: boolean;
  readonly error: Error | null;
}

/** Says what will happen and waits for one confirmation. It cannot be confirmed for a packet that the person has not seen. */
export function DecisionPanel(props: DecisionPanelProps): ReactNode {
  const { detail, draft, onDraft, onRestart, onCancel, onConfirm, pending, error } = props;
  const { packet } = detail;
  const { confirm: confirmWords } = DECISION_WORDS[draft.type];
  const outdated = detail.packet_version !== draft.packetVersion;
  const panel = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState(NO_FAULTS);
  const faults = found === NO_FAULTS ? serverFaults(error, packet) : found;

  const confirm = () => {
    if (pending || outdated) return;
    const checked = checkDraft(draft, packet, maskedArgs(detail.masked));
    setFound(checked.kind === 'ok' ? NO_FAULTS : checked.faults);
    if (checked.kind === 'ok') onConfirm(checked.request);
  };
  useKeys({ confirm, back: onCancel });
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [found, error]);

  const words = (
    <Textarea
      label={draft.type === 'respond' ? 'Message to the agent' : 'Message to the agent (optional)'}
      required={draft.type === 'respond'}
      withAsterisk={false}
      autosize
      minRows={2}
      maxRows={10}
      value={draft.message}
      error={faults.message && <PacketLine text={faults.message} />}
      onChange={(event) => onDraft({ ...draft, message: event.currentTarget.value })}
    />
  );

  return (
    <div ref={panel} className={classes.panel}>
      <DecisionEffect type={draft.type} detail={detail} />
      {outdated && <VersionNotice before={draft.packet} detail={detail} onRestart={onRestart} />}
      {draft.type === 'edit' && !outdated && <EditFields detail={detail} draft={draft} faults={faults} onDraft={onDraft} />}
      {draft.type === 'reject' && words}
      {draft.type === 'respond' && !outdated && (
        <ResponseFields detail={detail} draft={draft} faults={faults} onDraft={onDraft} words={words} />
      )}
      {!outdated && <AlsoAnswer detail={detail} draft={draft} onDraft={onDraft} />}
      <AskingQuestion value={draft.handleItself} onChange={(handleItself) => onDraft({ ...draft, handleItself })} />
      {!outdated && <DecisionError error={error} general={faults.general} />}
      <div className={classes.actions}>
        <Button color={draft.type === 'reject' ? 'red.9' : undefined} loading={pending} disabled={outdated} onClick={confirm}>
          {confirmWords}
        </Button>
        <Button variant="default" disabled={pending} onClick={onCancel}>
          Cancel
        </Button>
        <span className={classes.hint}>Ctrl + Enter confirms, Esc closes</span>
      </div>
    </div>
  );
}
