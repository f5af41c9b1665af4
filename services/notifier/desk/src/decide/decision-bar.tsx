import type { DecisionType, Packet } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { ProblemError } from '../api/problem-error.js';
import { useDecide } from '../api/use-answers.js';
import { useKeys } from '../keys/use-keys.js';
import { People } from '../shell/me-context.js';
import type { Draft } from './check-draft.js';
import classes from './decision-bar.module.css';
import { DecisionButtons } from './decision-buttons.js';
import { DecisionPanel } from './decision-panel.js';
import { LateNotice } from './late-notice.js';
import { notifyDecided } from './notify-decided.js';

/** Where a handoff is answered: the buttons, then one panel that says what will happen, then one confirmation. */
export function DecisionBar({ detail, onDecided }: { readonly detail: DeskDetail; readonly onDecided: () => void }): ReactNode {
  const decide = useDecide(detail.handoff_id, notifyDecided);
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [seen, setSeen] = useState<Packet>(detail.packet);
  const answerable = detail.state === 'open' && detail.may_decide;

  const start = (type: DecisionType) => {
    if (!answerable || !detail.allowed_decisions.includes(type) || decide.isPending) return;
    decide.reset();
    const kept = draft?.packetVersion === detail.packet_version ? draft : null; // what was typed outlives the panel, not the packet
    const { packet_version: packetVersion } = detail;
    setDraft({ message: draft?.message ?? '', handleItself: 'unsaid', edits: new Map(), ...kept, type, packetVersion });
    setSeen(detail.packet);
    setOpen(true);
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
    <section className={classes.bar} aria-label="Decision" data-open={open}>
      {!answerable && (
        <p className={classes.note}>
          This is not yours to decide.
          {detail.asked.length > 0 && (
            <>
              {' '}
              Asked: <People ids={detail.asked} />.
            </>
          )}
        </p>
      )}
      {answerable && (!open || !draft) && <DecisionButtons allowed={detail.allowed_decisions} onStart={start} />}
      {answerable && open && draft && (
        <DecisionPanel
          key={draft.type}
          detail={detail}
          seen={seen}
          draft={draft}
          onDraft={setDraft}
          onRestart={() => start(draft.type)}
          onCancel={() => setOpen(false)}
          onConfirm={(request) => decide.mutate(request, { onSuccess: onDecided })}
          pending={decide.isPending}
          error={decide.error}
        />
      )}
    </section>
  );
}
