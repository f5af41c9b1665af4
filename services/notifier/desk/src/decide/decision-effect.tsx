import type { DecisionType } from '@handoff/contracts';
import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './decision-effect.module.css';
import { DECISION_WORDS } from './decision-words.js';

/** What is about to happen, named with the very action and version that it happens to. */
export function DecisionEffect({ type, detail }: { readonly type: DecisionType; readonly detail: DeskDetail }): ReactNode {
  const { label, effect } = DECISION_WORDS[type];
  const { name, args } = detail.packet.recommended_action;
  const count = Object.keys(args).length;
  return (
    <div>
      {/* the focus comes here first, not to the confirmation, so that a second press of a key confirms nothing */}
      <h3 className={classes.title} tabIndex={-1} data-first-focus>
        {label}
      </h3>
      <p>{effect}</p>
      {(type === 'approve' || type === 'edit') && name !== '' && (
        <p className={classes.action}>
          <strong>
            <PacketLine text={name} />
          </strong>{' '}
          with {count === 1 ? '1 argument' : `${count} arguments`}, packet version {detail.packet_version}
        </p>
      )}
    </div>
  );
}
