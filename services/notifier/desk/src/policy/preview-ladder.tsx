import type { ReactNode } from 'react';
import type { PolicyPreview, PreviewLevel } from '../api/use-policy.js';
import { People } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import classes from './policy.module.css';

/** The levels as they would be asked, each with its people and times. */
export function PreviewLadder({ preview: { rule, policy, sla, levels, at_end } }: { readonly preview: PolicyPreview }): ReactNode {
  return (
    <div role="status">
      <p>
        By rule <PacketLine text={rule ?? 'none'} /> of {policy.version === null ? 'what is written here' : `version ${policy.version}`}
        {sla && `; ${sla.class}, due ${formatInstant(sla.due_at)}`}
      </p>
      <ol className={classes.ladder}>
        {levels.map((level) => (
          <PreviewItem key={`${level.number} ${level.cycle}`} level={level} />
        ))}
        <li className={classes.end}>
          <PacketLine text={at_end.reason} />
        </li>
      </ol>
    </div>
  );
}

const PreviewItem = ({ level }: { readonly level: PreviewLevel }): ReactNode => (
  <li className={classes.level}>
    <p>
      <strong>
        {level.number}. <PacketLine text={level.name} />
        {level.cycle > 1 && ', once more'}
      </strong>
      : {level.asked.length === 0 ? 'nobody' : <People ids={level.asked} />}
    </p>
    <p className={classes.words}>
      From {formatInstant(level.from)}; to be acknowledged by {formatInstant(level.ack_by)}, decided by {formatInstant(level.decide_by)}
    </p>
    <p className={classes.words}>
      <PacketLine text={level.why} />
    </p>
    {level.warnings.length > 0 && <p className={classes.words}>Warned {level.warnings.map(({ at }) => formatInstant(at)).join(', ')}</p>}
  </li>
);
