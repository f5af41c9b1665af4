import type { Step } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonTree } from '../json/json-tree.js';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import classes from './step-item.module.css';

const STATUS_WORDS: Readonly<Record<Step['status'], string>> = {
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  in_progress: 'In progress',
};
const STATUS_SIGNS: Readonly<Record<Step['status'], string>> = { done: '✓', failed: '✕', skipped: '–', in_progress: '…' };

export function StepItem({ step }: { readonly step: Step }): ReactNode {
  return (
    <li className={classes.step} data-status={step.status}>
      <span className={classes.sign} aria-hidden="true">
        {STATUS_SIGNS[step.status]}
      </span>
      <div className={classes.body}>
        <p className={classes.head}>
          <span className={classes.action}>
            <PacketLine text={step.action || 'Unnamed step'} />
          </span>
          <span className={step.status === 'done' ? 'desk-hidden' : classes.status}>{STATUS_WORDS[step.status]}</span>
          {step.at && (
            <span className={classes.at}>
              <PacketLine text={formatInstant(step.at)} />
            </span>
          )}
        </p>
        {step.args !== undefined && <JsonTree value={step.args} name="Arguments" />}
        {step.summary !== '' && <PacketText text={step.summary} limits={BRIEF} of="the result" />}
        {step.evidence.length > 0 && (
          <ul className={classes.evidence} aria-label="Evidence">
            {step.evidence.map((evidence, index) => (
              <li key={index}>
                <PacketLine text={evidence} />
              </li>
            ))}
          </ul>
        )}
        {step.extra && <JsonTree value={step.extra} name="More of this step" />}
      </div>
    </li>
  );
}
