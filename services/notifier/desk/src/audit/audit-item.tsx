import type { AuditEntry } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { channelWords } from '../mine/channel-words.js';
import { Person } from '../shell/me-context.js';
import { routeTo } from '../shell/read-route.js';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import { actWords, detailWords } from './act-words.js';
import classes from './audit.module.css';

export function AuditItem({
  entry: { at, subject, act, handoff_id, channel, address, details },
}: {
  readonly entry: AuditEntry;
}): ReactNode {
  const more = detailWords(details);
  return (
    <li className={classes.entry}>
      <time className={classes.at} dateTime={at}>
        {formatInstant(at)}
      </time>
      <div className={classes.what}>
        <p>
          <strong>
            <Person id={subject} />
          </strong>{' '}
          <PacketLine text={actWords(act)} /> {handoff_id && <a href={routeTo(handoff_id)}>{handoff_id}</a>}
        </p>
        {more !== '' && <PacketText text={more} limits={BRIEF} of="the details" />}
        <p className={classes.whence}>
          {channel && channelWords(channel)}
          {address && <>, from {<PacketLine text={address} />}</>}
        </p>
      </div>
    </li>
  );
}
