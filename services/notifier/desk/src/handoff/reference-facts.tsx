import type { ReactNode } from 'react';
import type { DeskDetail } from '../api/desk-types.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './reference-facts.module.css';
import { Fact, Facts, Section } from './section.js';

/** What to quote when talking about this handoff. */
export function ReferenceFacts({ detail }: { readonly detail: DeskDetail }): ReactNode {
  const { policy } = detail;
  return (
    <Section title="References">
      <div className={classes.references}>
        <Facts>
          <Fact name="Handoff">{detail.handoff_id}</Fact>
          <Fact name="Task">
            <PacketLine text={detail.task_id} />
          </Fact>
          <Fact name="Packet">version {detail.packet_version}</Fact>
          {policy && (
            <Fact name="Policy">
              <PacketLine text={policy.id} />, version {policy.version}, rule <PacketLine text={policy.rule} />
            </Fact>
          )}
          <Fact name="Action digest">{detail.action_digest}</Fact>
          {detail.trace_id && <Fact name="Trace">{detail.trace_id}</Fact>}
        </Facts>
      </div>
    </Section>
  );
}
