import type { ReactNode } from 'react';
import { faultsOf } from '../api/problem-error.js';
import { Failure } from '../shell/failure.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './delegate.module.css';

/** All that is wrong, by its path: below the fields, which show it too, and read out. */
export function FaultNotice({ error }: { readonly error: Error | null }): ReactNode {
  const faults = faultsOf(error);
  if (faults.length === 0) return <Failure error={error} />;
  return (
    <Notice tone="danger" title={faults.length === 1 ? 'One thing is to be put right' : `${faults.length} things are to be put right`} live>
      <ul className={classes.faults}>
        {faults.map(({ path, message }, at) => (
          <li key={at}>
            <code>
              <PacketLine text={path} />
            </code>
            {': '}
            <PacketLine text={message} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
