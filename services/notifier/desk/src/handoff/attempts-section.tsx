import type { Packet } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { formatInstant } from '../time/format-instant.js';
import classes from './attempts-section.module.css';
import { Absent, Fact, Facts, Section } from './section.js';

export function AttemptsSection({ packet }: { readonly packet: Packet }): ReactNode {
  const attempts = packet.attempts ?? [];
  return (
    <Section title="What was tried and did not settle it">
      {attempts.length === 0 && <Absent>Nothing is listed.</Absent>}
      <ol className={classes.attempts}>
        {attempts.map((attempt, index) => (
          <li key={index}>
            <PacketText text={attempt.action} limits={BRIEF} of="the attempt" />
            <Facts>
              {attempt.outcome !== undefined && (
                <Fact name="Came of it">
                  <PacketText text={attempt.outcome} limits={BRIEF} of="the outcome" />
                </Fact>
              )}
              {attempt.why !== undefined && (
                <Fact name="Because">
                  <PacketText text={attempt.why} limits={BRIEF} of="the cause" />
                </Fact>
              )}
              {attempt.at !== undefined && (
                <Fact name="When">
                  <PacketLine text={formatInstant(attempt.at)} />
                </Fact>
              )}
            </Facts>
          </li>
        ))}
      </ol>
    </Section>
  );
}
