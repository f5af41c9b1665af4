import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PolicyCheck, PolicyFault } from '../api/use-policy.js';
import { Absent } from '../handoff/section.js';
import { Failure } from '../shell/failure.js';
import { Notice } from '../shell/notice.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './policy.module.css';

interface FaultListProps {
  readonly check: UseQueryResult<PolicyCheck>;
  readonly onGoTo: (fault: PolicyFault) => void;
}

/** All that is wrong, each with the way to its line; the editor has the same beside the lines. */
export function FaultList({ check: { data, error, isFetching }, onGoTo }: FaultListProps): ReactNode {
  if (error) return <Failure error={error} title="It could not be judged" />;
  if (!data) return <Absent>{isFetching ? 'Being judged…' : ''}</Absent>;
  if (data.faults.length === 0)
    return (
      <p role="status" className={classes.sound}>
        Nothing is wrong with it.
      </p>
    );
  return (
    <Notice tone="danger" title={data.faults.length === 1 ? 'One thing is wrong' : `${data.faults.length} things are wrong`} live>
      <ul className={classes.faults}>
        {data.faults.map((fault, index) => (
          <li key={index}>
            <Button size="compact-sm" variant="default" onClick={() => onGoTo(fault)}>
              {fault.line === null ? 'Show' : `Line ${fault.line}`}
            </Button>{' '}
            <PacketLine text={fault.message} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
