import type { DecisionType, Packet } from '@handoff/contracts';
import { use, useRef, useState, type ReactNode } from 'react';
import type { DecisionRequest, DeskDetail } from '../api/desk-types.js';
import { ProblemError } from '../api/problem-error.js';
import { useDecide } from '../api/use-answers.js';
import { useKeys } from '../keys/use-keys.js';
import { useHeldAnswer, useHeldAnswers } from '../hold/use-held-answers.js';
import { MoveButton } from '../moves/move-button.js';
import { MeContext, People } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import { carryEdits } from './args-fields.js';
import classes from './decision-bar.module.css';
import { DecisionButtons } from './decision-buttons.js';
import { DecisionPanel } from './decision-panel.js';
import { LateNotice } from './late-notice.js';
import { notifyDecided } from './notify-decided.js';
import { forgetDraft, useDraft } from './use-draft.js';

const EMPTY = { message: '', handleItself: 'unsaid', response: null, inWords: false } as const;
const isSameAction = (before: Packet, after: Packet): boolean =>
  JSON.stringify(before.recommended_action) === JSON.stringify(after.recommended_action);

/** Where a handoff is answered: the buttons, then one panel that says what will happen, then one confirmation. */
export function DecisionBar({ detail, onDecided }: { readonly detail: DeskDetail; readonly onDecided: () => void }): ReactNode {
  const decide = useDecide(detail.handoff_id, notifyDecided);
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useDraft(detail.handoff_id);
  const { held } = useHeldAnswers();
  const confirmed = useHeldAnswer(detail.handoff_id);
  const holdSeconds = use(MeContext)?.hold_seconds ?? 0;
  const bar = useRef<HTMLElement>(null);
  const answerable = detail.state !== 'ended' && detail.may_decide && confirmed === null;

  const start = (type: DecisionType) => {
    if (!answerable || !detail.allowed_decisions.includes(type) || decide.isPending) return;
    decide.reset();
    const { packet_version: packetVersion, packet } = detail;
    const edits = draft ? carryEdits(draft.edits, draft.packet.recommended_action.args, packet.recommended_action.args) : new Map();
    setDraft({
      ...EMPTY,
      ...draft,
      edits,
      args: draft && isSameAction(draft.packet, packet) ? draft.args : null,
      type,
      packet,
      packetVersion,
      also: [],
    });
    setOpen(true);
  };
  const cancel = () => {
    setOpen(false);
    requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>(`[data-decision=${draft?.type}]`)?.focus());
  };
  const confirm = (request: DecisionRequest) => {
    if (holdSeconds > 0 && detail.sla?.class !== 'critical') {
      held.hold({ id: detail.handoff_id, title: detail.title.trim() || detail.task_id, request }, holdSeconds * 1000);
      setOpen(false);
      return onDecided();
    }
    const onSuccess = () => {
      forgetDraft(detail.handoff_id);
      onDecided();
    };
    decide.mutate(request, { onSuccess });
  };
  useKeys({
    approve: () => start('approve'),
    edit: () => start('edit'),
    reject: () => start('reject'),
    respond: () => start('respond'),
    take_over: () => start('take_over'),
  });

  if (detail.state === 'ended') {
    const late = decide.error instanceof ProblemError ? decide.error.problem : null;
    return late && <LateNotice problem={late} onNext={onDecided} />;
  }
  return (
    <section ref={bar} className={classes.bar} aria-label="Decision" data-open={open}>
      {confirmed && <p className={classes.note}>Your answer is below, and can be taken back until it is sent.</p>}
      {!answerable && !confirmed && (
        <p className={classes.note}>
          <PacketLine text={detail.may_not_because ?? 'Nobody has been asked yet.'} />
          {detail.asked.length > 0 && (
            <>
              {' '}
              Asked: <People ids={detail.asked} />.
            </>
          )}
        </p>
      )}
      {answerable && (!open || !draft) && (
        <DecisionButtons allowed={detail.allowed_decisions} onStart={start}>
          <MoveButton detail={detail} move="request_changes" />
        </DecisionButtons>
      )}
      {answerable && open && draft && (
        <DecisionPanel
          key={draft.type}
          detail={detail}
          draft={draft}
          onDraft={setDraft}
          onRestart={() => start(draft.type)}
          onCancel={cancel}
          onConfirm={confirm}
          pending={decide.isPending}
          error={decide.error}
        />
      )}
    </section>
  );
}
