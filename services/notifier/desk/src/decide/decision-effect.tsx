import type { DecisionType } from '@handoff/contracts';
import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { ActionArgs } from '../handoff/action-args.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './decision-effect.module.css';
import { DECISION_WORDS } from './decision-words.js';

/** What is about to happen, named with the very action and version that it happens to. */
export function DecisionEffect({ type, detail }: { readonly type: DecisionType; readonly detail: DeskDetail }): ReactNode {
  const { label, effect } = DECISION_WORDS[type];
  const action = detail.packet.recommended_action;
  const count = Object.keys(action.args).length;
  return (
    <div>
      {/* the focus comes here first, not to the confirmation, so that a second press of a key confirms nothing */}
      <h3 className={classes.title} tabIndex={-1} data-first-focus>
        {label}
      </h3>
      <p>{type === 'approve' && action.kind === 'none' ? 'The agent is told that it may go on. It recommended no action.' : effect}</p>
      {(type === 'approve' || type === 'edit') && action.kind !== 'none' && (
        <p className={classes.action}>
          <strong>
            <PacketLine text={action.name || 'In words'} />
          </strong>{' '}
          with {count === 1 ? '1 argument' : `${count} arguments`}, packet version {detail.packet_version}
        </p>
      )}
      {type === 'approve' && count > 0 && (
        <details className={classes.args}>
          <summary>Show the arguments here too</summary>
          <ActionArgs action={action} caption="Arguments to be approved" />
        </details>
      )}
    </div>
  );
}
