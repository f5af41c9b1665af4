import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { JsonTree } from '../json/json-tree.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { REASON_WORDS } from './handoff-words.js';
import classes from './reason-section.module.css';
import { Absent, Fact, Facts, Section } from './section.js';

export function ReasonSection({ packet }: { readonly packet: Packet }): ReactNode {
  const { reason_for_escalation: reason, confidence, authority } = packet;
  const unit = authority?.unit ?? '';
  return (
    <Section title="Why it stopped">
      {reason.code !== 'other' && <p className={classes.code}>{REASON_WORDS[reason.code]}</p>}
      {reason.text === '' ? <Absent>The agent gave no reason in words.</Absent> : <PacketText text={reason.text} of="the reason" />}
      <Facts inline>
        {reason.limit !== undefined && (
          <Fact name="Limit">
            <JsonTree value={reason.limit} name="limit" />
          </Fact>
        )}
        {reason.observed !== undefined && (
          <Fact name="Observed">
            <JsonTree value={reason.observed} name="observed" />
          </Fact>
        )}
        {authority?.limit !== undefined && (
          <Fact name="Its authority">
            {authority.limit.toLocaleString()} <PacketLine text={unit} />
          </Fact>
        )}
        {authority?.requested !== undefined && (
          <Fact name="Authority asked for">
            {authority.requested.toLocaleString()} <PacketLine text={unit} />
          </Fact>
        )}
        {authority?.policy_id !== undefined && (
          <Fact name="By policy">
            <PacketLine text={authority.policy_id} />
          </Fact>
        )}
        {confidence && (
          <Fact name="How sure the agent is">
            <meter className={classes.meter} min={0} max={1} value={confidence.value} aria-label="Confidence" />{' '}
            {Math.round(confidence.value * 100)} %{confidence.source && ', by '}
            {confidence.source && <PacketLine text={confidence.source} />}
          </Fact>
        )}
      </Facts>
    </Section>
  );
}
